package dev.converge.converger;

import java.util.Set;

/**
 * What the user asks of a run.
 *
 * @param jobs how many resources may be in hand at once, at least 1; with 1 the run keeps the catalog's order
 * @param tags only resources with one of these get their turn; every one when empty
 * @param noop whether every resource only reports what it would change
 */
public record RunOptions(int jobs, Set<String> tags, boolean noop) {
    public RunOptions {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
        tags = Set.copyOf(tags);
    }

    public static RunOptions jobs(int jobs) {
        return new RunOptions(jobs, Set.of(), false);
    }
}
