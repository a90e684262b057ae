package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.CommandRun;
import dev.converge.report.Outcome;
import dev.converge.report.ResourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives resources their turns and keeps what came of each. */
final class Turns {
    private static final Outcome NOT_TAGGED = new Outcome.Skipped(new Outcome.Because.NotTagged());
    private static final Outcome INTERRUPTED = new Outcome.Skipped(new Outcome.Because.Interrupted());

    private final Plan plan;
    private final Kinds kinds;
    private final Terms terms;
    private final RunListener listener;

    /** Each place is written once, by the worker that has the resource in hand, and read after all have ended. */
    private final ResourceReport[] reports;

    private final long start = System.nanoTime();

    Turns(Plan plan, Kinds kinds, Terms terms, RunListener listener) {
        this.plan = plan;
        this.kinds = kinds;
        this.terms = terms;
        this.listener = listener;
        this.reports = new ResourceReport[plan.size()];
    }

    /** Takes what is in hand through its turn; several resources in one hand are of one type, and change together. */
    void take(Hand hand, Walk walk) {
        long began = System.nanoTime();
        Outcome[] skipped = new Outcome[hand.count()];
        TurnHost host = host(hand);
        List<Turn<?>> turns = new ArrayList<>(hand.count());
        for (int i = 0; i < skipped.length; i++) {
            int number = hand.number(i);
            skipped[i] = skipped(number, walk);
            if (skipped[i] == null) {
                listener.resourceStarted(plan.resource(number));
                Turn<?> turn = turn(kinds.get(number), number, walk);
                turn.judge(host, terms.failures());
                turns.add(turn);
            }
        }
        apply(turns, host);
        int turn = 0;
        for (int i = 0; i < skipped.length; i++) {
            Outcome outcome =
                    skipped[i] != null ? skipped[i] : turns.get(turn++).end(host, terms.failures());
            hand.end(i, effects(plan.resource(hand.number(i)), outcome));
            keep(hand.number(i), outcome, began, skipped[i] == null ? host.log() : List.of());
        }
    }

    /** Several resources in one hand share it: what is done for one is done for all. */
    private TurnHost host(Hand hand) {
        Optional<ResourceId> alone =
                hand.count() == 1 ? Optional.of(plan.resource(hand.number(0)).id()) : Optional.empty();
        return new TurnHost(terms.host(), alone, terms.applier().journal());
    }

    /** Why the resource does not get its turn; null when it does, as nearly all do. */
    private Outcome skipped(int number, Walk walk) {
        if (!terms.isWanted(plan.resource(number))) {
            return NOT_TAGGED;
        }
        int failed = walk.failedBefore(number);
        return failed < 0
                ? null
                : new Outcome.Skipped(new Outcome.Because.DependencyFailed(
                        plan.resource(failed).id()));
    }

    @SuppressWarnings("unchecked")
    private <R extends Resource> Turn<R> turn(Kind<R> kind, int number, Walk walk) {
        Declared<R> declared = (Declared<R>) plan.resource(number);
        int pending = walk.pendingBefore(number);
        boolean notified = walk.isNotified(number);
        Upstream upstream = Upstream.QUIET;
        if (pending >= 0 || notified) {
            Optional<ResourceId> once = pending < 0
                    ? Optional.empty()
                    : Optional.of(plan.resource(pending).id());
            upstream = new Upstream(once, notified);
        }
        return new Turn<>(kind, declared, terms, upstream, hold(declared, number, walk), () -> plan.notifiedBy(number));
    }

    /** No-op is a reason of its own to leave a resource alone. */
    private Optional<Outcome.Hold> hold(Declared<?> declared, int number, Walk walk) {
        if (terms.isNoop(declared)) {
            return Optional.empty();
        }
        Optional<Outcome.Hold> window = terms.shut(declared.policy().rules().windows());
        int before = walk.heldBefore(number);
        if (window.isPresent() || before < 0) {
            return window;
        }
        return Optional.of(new Outcome.Hold.Behind(plan.resource(before).id()));
    }

    private void apply(List<Turn<?>> turns, TurnHost host) {
        if (!turns.isEmpty() && turns.get(0).kind().batch().isPresent()) {
            applyTogether(turns, host);
            return;
        }
        for (Turn<?> turn : turns) {
            turn.apply(host, terms.failures());
        }
    }

    /** A hand holds turns of one type only, so they share the provider of the first. */
    @SuppressWarnings("unchecked")
    private <R extends Resource> void applyTogether(List<Turn<?>> turns, TurnHost host) {
        BatchProvider<R> provider = ((Kind<R>) turns.get(0).kind()).batch().orElseThrow();
        List<Turn<R>> together = new ArrayList<>();
        List<Due<R>> changes = new ArrayList<>();
        for (Turn<?> any : turns) {
            Turn<R> turn = (Turn<R>) any;
            Optional<Due<R>> due = turn.due();
            if (due.isPresent() && turn.applier().equals(terms.applier())) {
                together.add(turn);
                changes.add(due.get());
            }
        }
        if (changes.isEmpty()) {
            return;
        }
        try {
            Map<ResourceId, ResourceFailure> failed = terms.applier().applyAll(provider, changes, host);
            for (int i = 0; i < together.size(); i++) {
                ResourceFailure failure = failed.get(changes.get(i).id());
                if (failure != null) {
                    together.get(i).expectOrFail(failure, "changed", terms.failures());
                }
            }
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            for (Turn<R> turn : together) {
                turn.fail(e, "changed", terms.failures());
            }
        }
    }

    private int effects(Declared<?> declared, Outcome outcome) {
        boolean quiet = outcome instanceof Outcome.InSync || outcome instanceof Outcome.NotRefreshed;
        if (quiet || outcome instanceof Outcome.Skipped) {
            return 0;
        }
        if (outcome instanceof Outcome.Failed) {
            return Hand.FAILED;
        }
        int sum = terms.isNoop(declared) ? 0 : Hand.NOTIFIES;
        if (outcome instanceof Outcome.Pending pending) {
            return sum | Hand.PENDING | held(pending.hold());
        }
        return outcome instanceof Outcome.PendingRefresh pending ? sum | Hand.PENDING | held(pending.hold()) : sum;
    }

    private static int held(Optional<Outcome.Hold> hold) {
        return hold.isPresent() ? Hand.HELD : 0;
    }

    private void keep(int number, Outcome outcome, long began, List<CommandRun> commands) {
        Duration after = Duration.ofNanos(began - start);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        ResourceReport report =
                new ResourceReport(plan.resource(number), outcome, after, took, Optional.empty(), commands);
        reports[number] = report;
        listener.resourceFinished(report);
    }

    /** Reports all that had no turn as skipped; returns whether there were any. */
    boolean interruptTheRest() {
        boolean any = false;
        for (int i = 0; i < reports.length; i++) {
            if (reports[i] == null) {
                any = true;
                keep(i, terms.isWanted(plan.resource(i)) ? INTERRUPTED : NOT_TAGGED, System.nanoTime(), List.of());
            }
        }
        return any;
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    List<ResourceReport> reports() {
        return Arrays.asList(reports);
    }
}
