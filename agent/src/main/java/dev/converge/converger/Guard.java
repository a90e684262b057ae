package dev.converge.converger;

import dev.converge.model.Resource;
import dev.converge.provider.Change;

/** Somebody else's word on whether a change may be made, in dry runs too: what must not be is a failed resource. */
public interface Guard {
    /** @throws dev.converge.provider.ResourceFailure when it may not */
    <R extends Resource> void check(Change<R> change);

    /** Lets everything pass. */
    static Guard none() {
        return new Guard() {
            @Override
            public <R extends Resource> void check(Change<R> change) {}
        };
    }
}
