package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.provider.Change;

/** Somebody else's word on what a live run may do: what was reviewed, and nothing else. */
public interface Approval {
    /** Lets everything pass, as in a run that nobody reviewed. */
    static Approval ofAll() {
        return Everything.APPROVED;
    }

    /**
     * Lets a change pass that was approved.
     *
     * @throws dev.converge.provider.ResourceFailure when it was not: then it is not made
     */
    <R extends Resource> void check(Change<R> change);

    /** Whether the resource may be refreshed. */
    boolean allowsRefresh(Declared<?> declared);

    /** Approves of all there is. */
    enum Everything implements Approval {
        APPROVED;

        @Override
        public <R extends Resource> void check(Change<R> change) {}

        @Override
        public boolean allowsRefresh(Declared<?> declared) {
            return true;
        }
    }
}
