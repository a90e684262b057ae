package dev.converge.converger;

import java.time.Duration;
import java.time.InstantSource;

/**
 * What a run knows of time.
 *
 * @param clock what maintenance windows are compared with
 * @param patience how long a turn that was interrupted may take to end
 */
record Timing(InstantSource clock, Duration patience) {
    static final Timing USUAL = new Timing(InstantSource.system(), Duration.ofSeconds(10));

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(1);

    /** How much longer than the time limit of the run a turn may take that has begun: a tenth of it, within reason. */
    static Duration grace(Duration limit) {
        Duration tenth = limit.dividedBy(10);
        if (tenth.compareTo(LEAST) < 0) {
            return LEAST;
        }
        return tenth.compareTo(MOST) > 0 ? MOST : tenth;
    }
}
