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
 * @param rules what holds for its turn
 */
public record Policy(SortedSet<String> tags, TurnRules rules) {
    public Policy {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /** One that says nothing more of the turn than whether the resource is in no-op. */
    public Policy(SortedSet<String> tags, Optional<Boolean> noop) {
        this(tags, noop.isEmpty() ? TurnRules.NONE : TurnRules.noop(noop));
    }

    public static Policy none() {
        return new Policy(new TreeSet<>(Set.of()), TurnRules.NONE);
    }

    public Optional<Boolean> noop() {
        return rules.noop();
    }

    public boolean isNoop() {
        return noop().orElse(false);
    }

    /** Whether the host is brought back when it has moved while the manifest has not. */
    public OnDrift onDrift() {
        return rules.onDrift().orElse(OnDrift.ENFORCE);
    }
}
