package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.OnDrift;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Action;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.Host;
import dev.converge.provider.Refresh;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.Causes;
import dev.converge.report.Outcome;
import dev.converge.report.RunKind;
import dev.converge.schema.Difference;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** One resource's turn: observe and check, change, refresh, each step only when the one before leaves room for it. */
final class Turn<R extends Resource> {
    private final Kind<R> kind;
    private final Declared<R> declared;
    private final Upstream upstream;
    private final Tries tries;
    private final Supplier<List<ResourceId>> notifies;
    private final LastApplied last;
    private final HalfDone<R> halfDone;
    private Applier applier;
    private Optional<Outcome.Hold> hold;
    private Optional<Change<R>> change = Optional.empty();
    private Optional<Causes> causes = Optional.empty();
    private Optional<ResourceId> once = Optional.empty();
    private Optional<Outcome.Failed> failure = Optional.empty();

    /**
     * @param terms of the run
     * @param tries how often it may begin again
     * @param notifies tells those that it notifies; most turns need not know
     */
    Turn(
            Kind<R> kind,
            Declared<R> declared,
            Terms terms,
            Upstream upstream,
            Tries tries,
            Supplier<List<ResourceId>> notifies) {
        this.kind = kind;
        this.declared = declared;
        this.last = terms.last();
        this.halfDone = new HalfDone<>(kind, declared);
        this.hold = upstream.hold();
        this.applier = hold.isPresent() ? Applier.dryRun() : terms.applierOf(declared);
        this.upstream = upstream;
        this.tries = tries;
        this.notifies = notifies;
    }

    Kind<R> kind() {
        return kind;
    }

    Applier applier() {
        return applier;
    }

    /** What went wrong in the tries before the last one. */
    List<String> failedTries() {
        return tries.failures();
    }

    HalfDone<R> halfDone() {
        return halfDone;
    }

    /** What an earlier run, or an earlier try, may have left in the middle is put right before it is looked at. */
    void recover(Host host, Failures failures) {
        if (applier.kind() == RunKind.DRY_RUN) {
            halfDone.leave();
            return;
        }
        try {
            halfDone.recover(host);
        } catch (Throwable e) {
            fail(Failures.ofOne(e), "recovered", failures);
        }
    }

    /** Finds out what has to change, and whether it can. */
    void judge(Host host, Failures failures) {
        if (failure.isPresent()) {
            return;
        }
        try {
            Optional<R> observed = kind.provider().observe(declared.desired(), host);
            change = Difference.between(kind.schema(), declared, observed);
            causes = Optional.empty();
            if (change.isPresent()) {
                kind.check(change.get(), host);
                change = Optional.of(withEdits(change.get(), host));
                holdDrift();
                applier.plan(change.get());
            }
        } catch (Throwable e) {
            expectOrFail(Failures.ofOne(e), "observed", failures);
        }
        if (failure.isEmpty() && failures.isLate()) {
            failure = Optional.of(failures.late(declared, "observed", Optional.empty()));
        }
    }

    /** What is only to be reported is not changed when it is not known who moved, either. */
    private void holdDrift() {
        if (hold.isEmpty()
                && !halfDone.isBegun()
                && declared.policy().onDrift() == OnDrift.REPORT
                && causes().map(known -> known.whole().isCorrective()).orElse(true)) {
            hold = Optional.of(new Outcome.Hold.Drift());
            applier = Applier.dryRun();
        }
    }

    /** Why there is something to change. */
    Optional<Causes> causes() {
        if (causes.isEmpty() && change.isPresent()) {
            causes = last.causesOf(change.get());
        }
        return causes;
    }

    private Change<R> withEdits(Change<R> found, Host host) throws IOException, InterruptedException {
        return kind.provider() instanceof Edits<R> editor ? found.with(editor.edits(found, host)) : found;
    }

    /** In a dry run, what is wrong with the host now may be put right by what is pending before this. */
    void expectOrFail(Throwable thrown, String during, Failures failures) {
        if (!mayBePutRight(thrown)) {
            fail(thrown, during, failures);
            return;
        }
        once = upstream.pending();
        if (change.isEmpty()) {
            Change<R> removal = new Change<>(declared, Action.DELETE, Optional.empty(), List.of());
            change = Difference.between(kind.schema(), declared, Optional.<R>empty())
                    .or(() -> Optional.of(removal));
        }
    }

    private boolean mayBePutRight(Throwable thrown) {
        return applier.kind() == RunKind.DRY_RUN && upstream.pending().isPresent() && Failures.concernsTheHost(thrown);
    }

    /** The change that is to be made now. */
    Optional<Due<R>> due() {
        return failure.isPresent() || once.isPresent()
                ? Optional.empty()
                : change.map(found -> new Due<>(found, notifies.get()));
    }

    void apply(Host host, Failures failures) {
        Optional<Due<R>> due = due();
        if (due.isEmpty()) {
            return;
        }
        try {
            if (kind.batch().isPresent()) {
                applyAlone(kind.batch().get(), due.get(), host, failures);
            } else {
                applier.apply(kind.provider(), due.get(), host);
            }
        } catch (Throwable e) {
            failChange(Failures.ofOne(e), host, failures);
        }
    }

    private void applyAlone(BatchProvider<R> provider, Due<R> due, Host host, Failures failures)
            throws IOException, InterruptedException {
        ResourceFailure failed = applier.applyAll(provider, List.of(due), host).get(due.id());
        if (failed != null) {
            failOrExpectChange(failed, host, failures);
        }
    }

    /** A change that has failed may have been made in part. */
    void failChange(Throwable thrown, Host host, Failures failures) {
        doubt(thrown, host, failures);
        fail(thrown, "changed", failures);
    }

    /** The same for one among several; in a dry run, what is pending before it may put it right. */
    void failOrExpectChange(Throwable thrown, Host host, Failures failures) {
        doubt(thrown, host, failures);
        expectOrFail(thrown, "changed", failures);
    }

    private void doubt(Throwable thrown, Host host, Failures failures) {
        if (applier.kind() == RunKind.DRY_RUN || change.isEmpty()) {
            return;
        }
        halfDone.failed(change.get());
        List<ResourceId> owed = notifies.get();
        boolean cutOff = thrown instanceof InterruptedException || failures.isLate();
        if (!owed.isEmpty() && (cutOff || Aftermath.mayDiffer(kind, change.get(), host))) {
            halfDone.setPartlyMade();
        } else {
            owed = List.of();
        }
        applier.journal().failed(declared.id(), owed);
    }

    void fail(Throwable thrown, String during, Failures failures) {
        keepInterrupt(thrown);
        failure = Optional.of(failures.of(thrown, declared, during, Optional.empty()));
    }

    /** Begins again after a failure as often as it may, refreshes where something has asked for it, and sums up. */
    Outcome end(Host host, Failures failures) {
        while (failure.isPresent() && tries.another(failure.get())) {
            failure = Optional.empty();
            change = Optional.empty();
            host.invalidateAll(); // What is waited for may be made by others, and unseen by this run.
            if (halfDone.isInDoubt()) {
                recover(host, failures);
            }
            judge(host, failures);
            apply(host, failures);
        }
        if (failure.isPresent()) {
            return failure.get();
        }
        if (halfDone.isBegun()) {
            change = halfDone.whole(change);
            causes = Optional.empty();
        }
        Outcome outcome = refreshed(host, failures);
        while (outcome instanceof Outcome.Failed failed && tries.another(failed)) {
            outcome = refreshed(host, failures);
        }
        return outcome;
    }

    private Outcome refreshed(Host host, Failures failures) {
        boolean asked = isRefreshed();
        if (asked && failures.isLate()) {
            return failures.late(declared, "changed", made());
        }
        try {
            return outcome(asked ? Optional.of(refresh(host)) : Optional.empty());
        } catch (Throwable e) {
            keepInterrupt(e);
            return failures.of(Failures.ofOne(e), declared, "refreshed", made());
        }
    }

    private Optional<Change<?>> made() {
        return applier.kind() == RunKind.LIVE ? change.map(done -> done) : Optional.empty();
    }

    private boolean isRefreshed() {
        return upstream.notifies()
                && declared.ensure() == Ensure.PRESENT
                && kind.provider().refreshes(declared.desired());
    }

    /** In a dry run, a refresh that cannot be judged before something else is there is expected. */
    private Refresh refresh(Host host) throws IOException, InterruptedException {
        try {
            return applier.refresh(kind.provider(), declared, change, notifies.get(), host);
        } catch (IOException | RuntimeException e) {
            if (mayBePutRight(e)) {
                return Refresh.done();
            }
            throw e;
        }
    }

    /** The worker sees it after the turn, and stops the run. */
    private static void keepInterrupt(Throwable thrown) {
        if (thrown instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome outcome(Optional<Refresh> refresh) {
        if (once.isPresent() || (change.isPresent() && hold.isPresent())) {
            return new Outcome.Pending(change.orElseThrow(), once, refresh, hold);
        }
        if (change.isPresent()) {
            return applier.changed(change.get(), refresh);
        }
        if (refresh.isEmpty()) {
            return kind.inSync(declared.desired());
        }
        if (hold.isPresent() && refresh.get().isDone()) {
            return new Outcome.PendingRefresh(hold);
        }
        return refresh.get().skipped().<Outcome>map(Outcome.NotRefreshed::new).orElseGet(applier::refreshed);
    }
}
