package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Durations;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.BatchProvider;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.Causes;
import dev.converge.report.CommandRun;
import dev.converge.report.Outcome;
import dev.converge.report.ResourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives resources their turns and keeps what came of each. */
final class Turns {
    private static final Outcome NOT_TAGGED = new Outcome.Skipped(new Outcome.Because.NotTagged());
    private static final Outcome INTERRUPTED = new Outcome.Skipped(new Outcome.Because.Interrupted());
    private static final Outcome OUT_OF_TIME = new Outcome.Skipped(new Outcome.Because.TimeLimit());

    private final Plan plan;
    private final Kinds kinds;
    private final Terms terms;
    private final Arrears arrears;
    private final RunListener listener;

    /** Each place is written once, by the worker that has the resource in hand, and read after all have ended. */
    private final ResourceReport[] reports;

    private final long start = System.nanoTime();
    private final TurnHost whole;

    /** When turns that have begun before the run's time limit have to be over. */
    private final Deadline end;

    Turns(Plan plan, Kinds kinds, Terms terms, Arrears arrears, RunListener listener) {
        this.plan = plan;
        this.kinds = kinds;
        this.terms = terms;
        this.arrears = arrears;
        this.listener = listener;
        this.reports = new ResourceReport[plan.size()];
        Optional<Duration> limit = terms.options().timeLimit();
        this.end = limit.isEmpty() ? Deadline.NONE : Deadline.ofRun(terms.options(), Timing.grace(limit.get()));
        this.whole = TurnHost.ofRun(terms.host(), terms.applier().journal());
    }

    /** When what is in hand has to be over; a resource with a limit of its own is alone. */
    Deadline deadline(Hand hand) {
        Optional<Duration> timeout =
                plan.resource(hand.number(0)).policy().rules().timeout();
        if (timeout.isEmpty()) {
            return end;
        }
        String limit = "its timeout of " + Durations.format(timeout.get());
        return Deadline.in(timeout.get(), System.nanoTime(), limit).or(end);
    }

    /**
     * Takes what is in hand through its turn; several resources in one hand are of one type, and change together.
     *
     * @return false when it took so long that it was given up, and reported by somebody else
     */
    boolean take(Hand hand, Walk walk, Stint stint) {
        long began = System.nanoTime();
        Failures failures = terms.failures().within(stint.deadline());
        TurnHost host = host(hand, stint);
        Outcome[] outcomes = new Outcome[hand.count()];
        Turn<?>[] turns = new Turn<?>[hand.count()];
        for (int i = 0; i < turns.length; i++) {
            int number = hand.number(i);
            outcomes[i] = skipped(number, walk);
            if (outcomes[i] == null && isAsked(number, walk)) {
                listener.resourceStarted(plan.resource(number));
                turns[i] = turn(kinds.get(number), number, walk, stint);
                if (arrears.isUnfinished(number)) {
                    turns[i].recover(host, failures);
                }
                turns[i].judge(host, failures);
            }
        }
        apply(turns, host, failures);
        for (int i = 0; i < turns.length; i++) {
            if (turns[i] != null) {
                outcomes[i] = turns[i].end(host, failures);
            }
        }
        if (!stint.end()) {
            return false;
        }
        for (int i = 0; i < turns.length; i++) {
            if (turns[i] != null) {
                arrears.end(hand.number(i), turns[i].halfDone().isInDoubt());
            }
            Told told =
                    turns[i] == null ? Told.NOTHING : new Told(turns[i].causes(), host.log(), turns[i].failedTries());
            if (outcomes[i] != null) {
                end(hand, i, outcomes[i], began, told);
            }
            if (turns[i] != null && turns[i].halfDone().isPartlyMade()) {
                hand.also(i, Hand.CHANGED);
            }
        }
        return true;
    }

    /** Reports for a worker that does not come back. */
    void giveUp(Stint stint, Walk walk) {
        Hand hand = stint.hand();
        Failures failures = terms.failures().within(stint.deadline());
        for (int i = 0; i < hand.count(); i++) {
            Outcome skipped = skipped(hand.number(i), walk);
            if (skipped != null) {
                end(hand, i, skipped, stint.began(), Told.NOTHING);
            }
            if (skipped != null || !isAsked(hand.number(i), walk)) {
                continue;
            }
            // Its change may yet be made, by a thread that nobody hears of any more.
            arrears.end(hand.number(i), true);
            end(hand, i, failures.lost(plan.resource(hand.number(i))), stint.began(), Told.NOTHING);
            hand.end(i, Hand.FAILED | Hand.CHANGED);
        }
    }

    private void end(Hand hand, int at, Outcome outcome, long began, Told told) {
        hand.end(at, Effects.of(outcome, terms.isNoop(plan.resource(hand.number(at)))));
        keep(hand.number(at), outcome, began, told);
    }

    /** What a turn has to tell besides how it ended. */
    private record Told(Optional<Causes> causes, List<CommandRun> commands, List<String> failedTries) {
        private static final Told NOTHING = new Told(Optional.empty(), List.of(), List.of());
    }

    /** The programs that ran for all turns rather than for one. */
    List<CommandRun> commands() {
        return whole.log();
    }

    /** Several resources in one hand share it: what is done for one is done for all. */
    private TurnHost host(Hand hand, Stint stint) {
        Optional<ResourceId> alone =
                hand.count() == 1 ? Optional.of(plan.resource(hand.number(0)).id()) : Optional.empty();
        return whole.ofTurn(alone, stint.deadline());
    }

    /** Whether a run of some resources looks at this one; what comes after them is in its plan, but may have no reason. */
    private boolean isAsked(int number, Walk walk) {
        return terms.isNamed(plan.resource(number))
                || walk.isStirred(number)
                || walk.isNotified(number)
                || arrears.isUnfinished(number);
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
    private <R extends Resource> Turn<R> turn(Kind<R> kind, int number, Walk walk, Stint stint) {
        Declared<R> declared = (Declared<R>) plan.resource(number);
        int pending = walk.pendingBefore(number);
        boolean notified = walk.isNotified(number);
        Upstream upstream = Upstream.QUIET;
        Optional<Outcome.Hold> hold = hold(declared, number, walk);
        if (pending >= 0 || notified || hold.isPresent()) {
            Optional<ResourceId> once = pending < 0
                    ? Optional.empty()
                    : Optional.of(plan.resource(pending).id());
            upstream = new Upstream(once, notified, hold);
        }
        Tries tries = Tries.of(declared.policy().rules(), walk, stint.deadline(), terms);
        return new Turn<>(kind, declared, terms, upstream, tries, () -> notifiedBy(number));
    }

    /** The ids of those that a resource notifies and that know how to be refreshed. */
    private List<ResourceId> notifiedBy(int number) {
        List<ResourceId> notified = new ArrayList<>();
        int end = plan.endOfEdges(number);
        for (int edge = plan.firstEdge(number); edge < end; edge++) {
            int target = plan.target(edge);
            if (plan.notifies(edge) && Arrears.isRefreshable(kinds.get(target), plan.resource(target))) {
                notified.add(plan.resource(target).id());
            }
        }
        return notified;
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

    private void apply(Turn<?>[] turns, TurnHost host, Failures failures) {
        List<Turn<?>> several = new ArrayList<>(turns.length);
        for (Turn<?> turn : turns) {
            if (turn != null && turn.kind().batch().isPresent()) {
                several.add(turn);
            } else if (turn != null) {
                turn.apply(host, failures);
            }
        }
        if (!several.isEmpty()) {
            applyTogether(several, host, failures);
        }
    }

    /** A hand holds turns of one type only, so they share the provider of the first. */
    @SuppressWarnings("unchecked")
    private <R extends Resource> void applyTogether(List<Turn<?>> turns, TurnHost host, Failures failures) {
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
                    together.get(i).failOrExpectChange(failure, host, failures);
                }
            }
        } catch (Throwable e) {
            Throwable thrown = Failures.ofOne(e);
            for (Turn<R> turn : together) {
                turn.failChange(thrown, host, failures);
            }
        }
    }

    private void keep(int number, Outcome outcome, long began, Told told) {
        Duration after = Duration.ofNanos(began - start);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        ResourceReport report = new ResourceReport(
                plan.resource(number), outcome, after, took, told.causes(), told.commands(), told.failedTries());
        reports[number] = report;
        listener.resourceFinished(report);
    }

    /**
     * Reports all that had no turn as skipped; returns whether there were any.
     *
     * @param outOfTime whether the run's time limit is why
     */
    boolean skipTheRest(boolean outOfTime, Walk walk) {
        Outcome why = outOfTime ? OUT_OF_TIME : INTERRUPTED;
        boolean any = false;
        for (int i = 0; i < reports.length; i++) {
            if (reports[i] == null && isAsked(i, walk)) {
                any = true;
                keep(i, terms.isWanted(plan.resource(i)) ? why : NOT_TAGGED, System.nanoTime(), Told.NOTHING);
            }
        }
        return any;
    }

    /** What the run leaves to the next one, when all have been reported. */
    Debts left(Walk walk) {
        return arrears.left(walk, kinds, reports);
    }

    Duration took() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    List<ResourceReport> reports() {
        if (terms.options().only().isEmpty()) {
            return Arrays.asList(reports);
        }
        return Stream.of(reports).filter(Objects::nonNull).toList();
    }
}
