package dev.converge.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run that did not come to its end: what its journal tells, since it has no report.
 *
 * @param id which run
 * @param started when, if that much was written
 * @param command its command line; empty likewise
 * @param changed the ids of what it had changed
 * @param unfinished the ids of what it was at
 */
public record KilledRun(
        String id, Optional<Instant> started, String command, List<String> changed, List<String> unfinished) {

    public KilledRun {
        changed = List.copyOf(changed);
        unfinished = List.copyOf(unfinished);
    }
}
