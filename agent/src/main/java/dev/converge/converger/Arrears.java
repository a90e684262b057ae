package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.report.Outcome;
import dev.converge.report.ResourceReport;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What earlier runs left to this one, by the numbers of its plan, and what this one leaves to the next. */
final class Arrears {
    private final BitSet unfinished = new BitSet();
    private final BitSet refreshes = new BitSet();

    /** What this run has nothing to do with: it may be of another manifest, or of a resource that is not looked at. */
    private final Debts foreign;

    /** Numbers of resources that the next run has to look after again; several workers add to it. */
    private final Set<Integer> doubtful = ConcurrentHashMap.newKeySet();

    private Arrears(Debts foreign) {
        this.foreign = foreign;
    }

    static Arrears of(Debts debts, Plan plan) {
        if (debts.isEmpty()) {
            return new Arrears(Debts.NONE);
        }
        Debts foreign = debts.of(id -> plan.numberOf(id) < 0);
        Arrears arrears = new Arrears(foreign);
        number(debts.unfinished(), foreign.unfinished(), plan, arrears.unfinished);
        number(debts.refreshes(), foreign.refreshes(), plan, arrears.refreshes);
        arrears.unfinished.stream().forEach(arrears.doubtful::add);
        return arrears;
    }

    private static void number(Set<ResourceId> ids, Set<ResourceId> unknown, Plan plan, BitSet numbers) {
        for (ResourceId id : ids) {
            if (!unknown.contains(id)) {
                numbers.set(plan.numberOf(id));
            }
        }
    }

    /** Whether an earlier run may have left the resource half changed. */
    boolean isUnfinished(int number) {
        return unfinished.get(number);
    }

    /** Those that earlier runs should have refreshed. */
    BitSet refreshes() {
        return refreshes;
    }

    /** Tells whether the resource may be half changed now that its turn has ended. */
    void end(int number, boolean inDoubt) {
        if (inDoubt) {
            doubtful.add(number);
        } else if (isUnfinished(number)) {
            doubtful.remove(number);
        }
    }

    /** What is left when all have been reported. */
    Debts left(Walk walk, Kinds kinds, ResourceReport[] reports) {
        Set<ResourceId> half = new LinkedHashSet<>(foreign.unfinished());
        Set<ResourceId> owed = new LinkedHashSet<>(foreign.refreshes());
        for (int number = 0; number < reports.length; number++) {
            ResourceReport report = reports[number];
            if (report == null) {
                continue; // It was not looked at, and nothing was owed to it.
            }
            if (doubtful.contains(number)) {
                half.add(report.declared().id());
            }
            if (walk.isOwed(number)
                    && !isPaid(report.outcome())
                    && isRefreshable(kinds.get(number), report.declared())) {
                owed.add(report.declared().id());
            }
        }
        return half.isEmpty() && owed.isEmpty() ? Debts.NONE : new Debts(half, owed);
    }

    /** A refresh is paid when it was made, when it had nothing to do, and when no-op has kept it from being made. */
    private static boolean isPaid(Outcome outcome) {
        if (outcome instanceof Outcome.Pending pending) {
            return pending.hold().isEmpty();
        }
        if (outcome instanceof Outcome.PendingRefresh pending) {
            return pending.hold().isEmpty();
        }
        return !(outcome instanceof Outcome.Failed) && !(outcome instanceof Outcome.Skipped);
    }

    /** Whether refreshing the resource means anything. */
    @SuppressWarnings("unchecked")
    static <R extends Resource> boolean isRefreshable(Kind<R> kind, Declared<?> declared) {
        return declared.ensure() == Ensure.PRESENT && kind.provider().refreshes((R) declared.desired());
    }
}
