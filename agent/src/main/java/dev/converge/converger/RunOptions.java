package dev.converge.converger;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the user asks of a run.
 *
 * @param jobs how many resources may be in hand at once, at least 1; with 1 the run keeps the catalog's order
 * @param tags only resources with one of these get their turn; every one when empty
 * @param noop whether every resource only reports what it would change
 * @param timeLimit when no more turns begin; what is in hand then has a little longer
 */
public record RunOptions(int jobs, Set<String> tags, boolean noop, Optional<Duration> timeLimit) {
    public RunOptions {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
        tags = Set.copyOf(tags);
    }

    /** Without a time limit. */
    public RunOptions(int jobs, Set<String> tags, boolean noop) {
        this(jobs, tags, noop, Optional.empty());
    }

    public RunOptions within(Duration limit) {
        return new RunOptions(jobs, tags, noop, Optional.of(limit));
    }

    public static RunOptions jobs(int jobs) {
        return new RunOptions(jobs, Set.of(), false);
    }
}
