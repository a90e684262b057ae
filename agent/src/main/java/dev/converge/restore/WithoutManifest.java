package dev.converge.restore;

import dev.converge.converger.Guard;
import dev.converge.model.Resource;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import java.util.Optional;

/**
 * A restore's word on what may be changed. It has no manifest, so nobody is advised to write something into one.
 *
 * @param guard says what may be changed
 */
record WithoutManifest(Guard guard) implements Guard {
    @Override
    public <R extends Resource> void check(Change<R> change) {
        guard.check(change);
    }

    @Override
    public Optional<String> advice(ResourceFailure failure) {
        return failure.adviceByHand();
    }
}
