package dev.converge.converger;

import dev.converge.model.ResourceId;
import dev.converge.report.Outcome;
import java.util.Optional;

/**
 * What the ends of those before a resource, and the hour, mean for its turn.
 *
 * @param pending one that would be changed, and that the resource may be waiting for
 * @param notifies whether one that notifies it was, or would be, changed
 * @param hold what holds the resource back, so that it is only judged, as in a dry run
 */
record Upstream(Optional<ResourceId> pending, boolean notifies, Optional<Outcome.Hold> hold) {
    static final Upstream QUIET = new Upstream(Optional.empty(), false, Optional.empty());
}
