package dev.converge.report;

import java.util.List;

/**
 * How many resources ended how; each resource is counted once.
 *
 * @param inSync as the manifest says
 * @param changed changed, refreshed or both, without failure
 * @param pending would be changed or refreshed
 * @param failed failed in any way
 * @param skipped did not get their turn
 */
public record Counts(int inSync, int changed, int pending, int failed, int skipped) {

    static Counts of(List<ResourceReport> resources) {
        int inSync = 0;
        int changed = 0;
        int pending = 0;
        int failed = 0;
        int skipped = 0;
        for (ResourceReport resource : resources) {
            Outcome outcome = resource.outcome();
            if (outcome instanceof Outcome.InSync || outcome instanceof Outcome.NotRefreshed) {
                inSync++;
            } else if (outcome instanceof Outcome.Changed || outcome instanceof Outcome.Refreshed) {
                changed++;
            } else if (outcome instanceof Outcome.Pending || outcome instanceof Outcome.PendingRefresh) {
                pending++;
            } else if (outcome instanceof Outcome.Failed) {
                failed++;
            } else if (outcome instanceof Outcome.Skipped) {
                skipped++;
            }
        }
        return new Counts(inSync, changed, pending, failed, skipped);
    }

    public int total() {
        return inSync + changed + pending + failed + skipped;
    }
}
