package dev.converge.model;

import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a resource takes part in a run, whatever its type.
 *
 * @param tags names for {@code --tags}: its own, its type and those of the composites that contain it
 * @param noop {@code true}: only report what would change
 */
public record Policy(SortedSet<String> tags, Optional<Boolean> noop) {
    public Policy {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    public static Policy none() {
        return new Policy(new TreeSet<>(Set.of()), Optional.empty());
    }

    public boolean isNoop() {
        return noop.orElse(false);
    }
}
