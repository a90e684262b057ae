package dev.converge.converger;

import dev.converge.model.ResourceId;
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
 * @param only these alone are looked at, and what comes after one that is found to have moved; all when empty
 */
public record RunOptions(
        int jobs, Set<String> tags, boolean noop, Optional<Duration> timeLimit, Optional<Set<ResourceId>> only) {
    public RunOptions {
        if (jobs < 1) {
            throw new IllegalArgumentException("jobs must be at least 1, not " + jobs);
        }
        tags = Set.copyOf(tags);
        only = only.map(Set::copyOf);
    }

    /** For all resources, without a time limit. */
    public RunOptions(int jobs, Set<String> tags, boolean noop) {
        this(jobs, tags, noop, Optional.empty());
    }

    /** For all resources. */
    public RunOptions(int jobs, Set<String> tags, boolean noop, Optional<Duration> timeLimit) {
        this(jobs, tags, noop, timeLimit, Optional.empty());
    }

    public RunOptions within(Duration limit) {
        return new RunOptions(jobs, tags, noop, Optional.of(limit), only);
    }

    /**
     * The same for some resources: the report has those, and, where one of them is not in sync, all that comes after it.
     * What the catalog does not have is left out.
     */
    public RunOptions only(Set<ResourceId> ids) {
        return new RunOptions(jobs, tags, noop, timeLimit, Optional.of(ids));
    }

    public static RunOptions jobs(int jobs) {
        return new RunOptions(jobs, Set.of(), false);
    }
}
