package dev.converge.converger;

import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import java.util.List;

/**
 * A change whose time has come.
 *
 * @param notifies those that are to be refreshed once it is made
 */
record Due<R extends Resource>(Change<R> change, List<ResourceId> notifies) {
    ResourceId id() {
        return change.id();
    }
}
