package dev.converge.sink;

import dev.converge.diagnostic.Diagnostic;
import java.time.Instant;
import java.util.Optional;

/**
 * How a sink is doing.
 *
 * @param name what it is called in status, reports and metrics, such as {@code https://reports.example.com/}
 * @param tally what has become of reports
 * @param waiting how many reports wait
 * @param waitingBytes their size
 * @param lastSent when it last took something
 * @param problem what is wrong with it now
 */
public record SinkState(
        String name,
        Tally tally,
        int waiting,
        long waitingBytes,
        Optional<Instant> lastSent,
        Optional<Diagnostic> problem) {

    /**
     * What has become of reports since the agent began.
     *
     * @param sent taken
     * @param failed tries that came to nothing
     * @param dropped lost for want of room or time
     * @param refused set aside, since the server would never take them
     */
    public record Tally(long sent, long failed, long dropped, long refused) {}
}
