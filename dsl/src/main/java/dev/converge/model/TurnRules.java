package dev.converge.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest says about the turn of a resource, whatever its type; what it leaves out is up to what is around it.
 *
 * @param noop {@code true}: only report what would change
 * @param timeout how long the whole turn may take
 * @param retries how often a turn that failed begins again
 * @param retryDelay how long to wait before that
 * @param windows when it may be changed; at any time when there are none
 * @param onDrift what to do when the host has moved while the manifest has not
 */
public record TurnRules(
        Optional<Boolean> noop,
        Optional<Duration> timeout,
        Optional<Integer> retries,
        Optional<Duration> retryDelay,
        List<Window> windows,
        Optional<OnDrift> onDrift) {

    /** Nothing is said. */
    public static final TurnRules NONE = new TurnRules(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    /** Long enough for a service that is starting, short enough to wait for. */
    public static final Duration USUAL_DELAY = Duration.ofSeconds(5);

    public TurnRules {
        windows = List.copyOf(windows);
    }

    /** Only whether the resource is in no-op. */
    public static TurnRules noop(Optional<Boolean> noop) {
        return new TurnRules(noop, NONE.timeout, NONE.retries, NONE.retryDelay, NONE.windows, NONE.onDrift);
    }

    /** These, and where they say nothing those of what is around the resource. */
    @SuppressWarnings("ReferenceEquality") // Most composites say nothing, and hold thousands of resources.
    public TurnRules or(TurnRules around) {
        if (around == NONE) {
            return this;
        }
        return new TurnRules(
                noop.isPresent() ? noop : around.noop,
                timeout.isPresent() ? timeout : around.timeout,
                retries.isPresent() ? retries : around.retries,
                retryDelay.isPresent() ? retryDelay : around.retryDelay,
                windows.isEmpty() ? around.windows : windows,
                onDrift.isPresent() ? onDrift : around.onDrift);
    }
}
