package dev.converge.converger;

import dev.converge.model.ResourceId;
import java.util.Optional;

/**
 * What the ends of those before a resource mean for its turn.
 *
 * @param pending one that would be changed, and that the resource may be waiting for
 * @param notifies whether one that notifies it was, or would be, changed
 */
record Upstream(Optional<ResourceId> pending, boolean notifies) {
    static final Upstream QUIET = new Upstream(Optional.empty(), false);
}
