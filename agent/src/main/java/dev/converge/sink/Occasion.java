package dev.converge.sink;

import java.time.Instant;
import java.util.Optional;

/**
 * How the agent came to a run.
 *
 * @param trigger what it came from, such as {@code interval} or {@code drift}
 * @param environment the name that {@code agent.yaml} gives it
 * @param commit the one that the host is held to
 * @param signer who has signed that
 * @param noticed when the first event came that led to the run
 * @param whole whether every resource was looked at, rather than those that may have moved
 */
public record Occasion(
        String trigger,
        String environment,
        Optional<String> commit,
        Optional<String> signer,
        Optional<Instant> noticed,
        boolean whole) {}
