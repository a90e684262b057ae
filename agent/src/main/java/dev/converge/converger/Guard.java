package dev.converge.converger;

import dev.converge.model.Resource;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import java.util.Optional;

/** Somebody else's word on whether a change may be made, in dry runs too: what must not be is a failed resource. */
public interface Guard {
    /** @throws ResourceFailure when it may not */
    <R extends Resource> void check(Change<R> change);

    /** What can be done about a failure, in a run of whoever asks. */
    default Optional<String> advice(ResourceFailure failure) {
        return failure.advice();
    }

    /** Lets everything pass. */
    static Guard none() {
        return new Guard() {
            @Override
            public <R extends Resource> void check(Change<R> change) {}
        };
    }
}
