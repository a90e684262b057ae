package dev.converge.converger;

import dev.converge.model.ResourceId;
import dev.converge.provider.Change;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Written while a run goes on, so that the next one knows what a killed one left undone. Called by several threads at
 * once. What cannot be written down is not done: a failure to write is a failure of the resource.
 */
public interface Journal {
    /** A change was found, and will be made when its turn comes to it. */
    default void planned(Change<?> change) throws IOException {}

    /**
     * The change is about to be made.
     *
     * @param notifies those that have to be refreshed once it is made
     */
    default void started(Change<?> change, List<ResourceId> notifies) throws IOException {}

    /** The change was made. */
    default void done(ResourceId id) throws IOException {}

    /**
     * The change, or a refresh, has failed. It is known all the same by those that called: one that cannot be written
     * down is told at the end.
     *
     * @param notifies those that have to be refreshed all the same, since a part of the change was made
     */
    default void failed(ResourceId id, List<ResourceId> notifies) {}

    /** The resource is about to be refreshed. */
    default void refreshing(ResourceId id) throws IOException {}

    /**
     * The resource was refreshed, or its refresh had nothing to do: nothing is owed to it any more.
     *
     * @param notifies those that have to be refreshed now; none when the refresh had nothing to do
     */
    default void refreshed(ResourceId id, List<ResourceId> notifies) throws IOException {}

    /** A temporary file or folder is about to be made. */
    default void temporary(Path real) throws IOException {}

    /**
     * The run has come to its end.
     *
     * @param left what it leaves to the next one, of its own and of what earlier runs had left
     */
    default void ended(Debts left) throws IOException {}

    /** Writes nothing, for runs that change nothing. */
    static Journal silent() {
        return new Journal() {};
    }

    /** Tells two, one after the other. */
    static Journal both(Journal first, Journal second) {
        return new BothJournals(first, second);
    }
}
