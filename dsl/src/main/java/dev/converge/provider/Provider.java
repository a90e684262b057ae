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

    /** Called once after the resource's own turn when something that notifies it has changed. */
    default void refresh(R desired, Host host) throws IOException, InterruptedException {}

    /** Whether a refresh does anything, so that a dry run can say so. */
    default boolean refreshes(R desired) {
        return false;
    }
}
