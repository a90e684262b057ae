package dev.converge.watch;

import dev.converge.model.ResourceId;
import dev.converge.provider.WatchPoint;
import java.util.Map;
import java.util.Set;

/** Notices one kind of events. */
interface Source extends AutoCloseable {
    /**
     * Watches these, and nothing else, from now on; those of another kind are left out.
     *
     * @return the resources of which not all can be watched
     */
    Set<ResourceId> watch(Map<WatchPoint, Set<ResourceId>> points);

    @Override
    void close();
}
