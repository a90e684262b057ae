package dev.converge.provider;

import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A provider that makes many changes in one go, such as one {@code apt-get install} for sixty packages. */
public interface BatchProvider<R extends Resource> extends Provider<R> {
    /**
     * Makes all changes, in as few transactions as it can.
     *
     * @return the changes that failed; all others were made
     */
    Map<ResourceId, ResourceFailure> applyAll(List<Change<R>> changes, Host host)
            throws IOException, InterruptedException;

    /**
     * What {@link #applyAll} would fail at on the host as it is. Reads only, for all changes at once; called in dry runs
     * instead of {@link #applyAll}.
     *
     * @return the changes that would fail
     */
    default Map<ResourceId, ResourceFailure> checkAll(List<Change<R>> changes, Host host)
            throws IOException, InterruptedException {
        return Map.of();
    }

    @Override
    default void apply(Change<R> change, Host host) throws IOException, InterruptedException {
        ResourceFailure failure =
                applyAll(List.of(change), host).get(change.declared().id());
        if (failure != null) {
            throw failure;
        }
    }
}
