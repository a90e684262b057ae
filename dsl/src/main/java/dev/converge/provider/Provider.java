package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads and changes the host for one resource type. Without state of its own: the host keeps what is worth keeping.
 * Methods are called from several threads at once, for different resources.
 *
 * <p>A failure that the user can act on is a {@link ResourceFailure}; an {@link IOException} is reported with its path
 * and reason; anything else is a bug.
 */
public interface Provider<R extends Resource> {
    /**
     * The state on the host now; empty when the resource does not exist. Reads only.
     *
     * <p>Properties that are not in {@code desired} may be left empty; parameters are copied from {@code desired}.
     */
    Optional<R> observe(R desired, Host host) throws IOException, InterruptedException;

    /**
     * Fails when {@link #apply} could not succeed on the host as it is: a missing parent folder, an unknown owner, a
     * package without candidate. Reads only; called in dry runs too, where a failure counts only when nothing that
     * the resource depends on is still to be changed.
     */
    default void check(Change<R> change, Host host) throws IOException, InterruptedException {}

    /** Makes the change, and nothing that the change does not name. */
    void apply(Change<R> change, Host host) throws IOException, InterruptedException;

    /**
     * Called once after the resource's own turn when something that notifies it has changed.
     *
     * @param made the change that the resource itself has just had in this run
     */
    default Refresh refresh(R desired, Optional<Change<R>> made, Host host) throws IOException, InterruptedException {
        return Refresh.done();
    }

    /**
     * What {@link #refresh} would do on the host as it is. Reads only; called in dry runs instead.
     *
     * @param due the change that the resource itself would have
     */
    default Refresh checkRefresh(R desired, Optional<Change<R>> due, Host host)
            throws IOException, InterruptedException {
        return Refresh.done();
    }

    /** Whether a refresh means anything to the resource; where not, a notification ends here. */
    default boolean refreshes(R desired) {
        return false;
    }
}
