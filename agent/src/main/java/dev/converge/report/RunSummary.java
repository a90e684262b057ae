package dev.converge.report;

import java.time.Duration;
import java.util.Optional;

/**
 * A run in a line: what is known of every run, whether or not its whole report was kept.
 *
 * @param run which run
 * @param exit its exit status, as with {@code --detailed-exitcode}
 * @param counts how many resources ended how
 * @param took how long it took, when that was kept
 * @param origin what its catalog was made from, when that was kept
 * @param command what the user started, when that was kept: a restore, the making of a plan, or a plain run
 */
public record RunSummary(
        Run run, int exit, Counts counts, Optional<Duration> took, Optional<Origin> origin, Optional<String> command) {

    /** The line of a whole report. */
    public static RunSummary of(Report report) {
        Duration took = report.phases().values().stream().reduce(Duration.ZERO, Duration::plus);
        return new RunSummary(
                report.run(),
                report.exitStatus(true),
                report.counts(),
                Optional.of(took),
                report.origin(),
                report.caller().map(Caller::command));
    }
}
