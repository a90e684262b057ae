package dev.converge.converger;

import dev.converge.report.Outcome;
import java.util.Optional;

/** What the end of a turn means for those after it, as a sum of the effects that a {@link Hand} has. */
final class Effects {
    private Effects() {}

    /** @param noop whether the resource is only looked at: what it would do, others need not follow */
    static int of(Outcome outcome, boolean noop) {
        boolean quiet = outcome instanceof Outcome.InSync || outcome instanceof Outcome.NotRefreshed;
        if (quiet || outcome instanceof Outcome.Skipped) {
            return 0;
        }
        if (outcome instanceof Outcome.Failed failed) {
            return failed.made().isPresent() ? Hand.FAILED | Hand.CHANGED : Hand.FAILED;
        }
        if (outcome instanceof Outcome.Changed || outcome instanceof Outcome.Refreshed) {
            return Hand.NOTIFIES | Hand.CHANGED;
        }
        int notifies = noop ? 0 : Hand.NOTIFIES;
        if (outcome instanceof Outcome.Pending pending) {
            return pending(pending.hold(), notifies);
        }
        Outcome.PendingRefresh pending = (Outcome.PendingRefresh) outcome;
        return Hand.PENDING | notifies | held(pending.hold());
    }

    /** A drift that is only reported stays: nothing follows from it. */
    private static int pending(Optional<Outcome.Hold> hold, int notifies) {
        return hold.filter(Outcome.Hold.Drift.class::isInstance).isPresent()
                ? Hand.PENDING
                : Hand.PENDING | notifies | held(hold);
    }

    private static int held(Optional<Outcome.Hold> hold) {
        return hold.isPresent() ? Hand.HELD : 0;
    }
}
