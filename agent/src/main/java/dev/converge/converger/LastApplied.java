package dev.converge.converger;

import dev.converge.provider.Change;
import dev.converge.report.Causes;
import java.util.Optional;

/** Knows what was applied last, and so whether the manifest or the host has moved; asked by several threads at once. */
public interface LastApplied {
    /** Why a resource has to be changed; empty when that is not known. */
    Optional<Causes> causesOf(Change<?> change);

    /** Knows nothing. */
    static LastApplied unknown() {
        return change -> Optional.empty();
    }
}
