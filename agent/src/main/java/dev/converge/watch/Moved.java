package dev.converge.watch;

import dev.converge.model.ResourceId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What may have moved on the host since it was last asked for.
 *
 * @param ids the resources to look at
 * @param everything whether events were lost, so that all are to be looked at
 * @param first when the first of it was noticed; empty when nothing was
 */
public record Moved(Set<ResourceId> ids, boolean everything, Optional<Instant> first) {
    static final Moved NOTHING = new Moved(Set.of(), false, Optional.empty());

    public Moved {
        ids = Set.copyOf(ids);
    }

    /** The same; where nobody noticed when it began, it was now. */
    Moved since(Instant now) {
        return first.isPresent() ? this : new Moved(ids, everything, Optional.of(now));
    }

    public boolean isEmpty() {
        return ids.isEmpty() && !everything;
    }
}
