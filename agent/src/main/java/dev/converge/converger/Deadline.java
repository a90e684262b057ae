package dev.converge.converger;

import dev.converge.model.Durations;
import java.time.Duration;

/**
 * When something has to be over.
 *
 * @param at the {@link System#nanoTime()} at which it has
 * @param limit whose word that is, such as {@code its timeout of 5m}; empty when there is none
 */
record Deadline(long at, String limit) {
    static final Deadline NONE = new Deadline(0, "");

    static Deadline in(Duration time, long from, String limit) {
        return new Deadline(from + time.toNanos(), limit);
    }

    /**
     * The end of a run that begins now.
     *
     * @param more added to its time limit
     */
    static Deadline ofRun(RunOptions options, Duration more) {
        if (options.timeLimit().isEmpty()) {
            return NONE;
        }
        Duration limit = options.timeLimit().get();
        return in(limit.plus(more), System.nanoTime(), "the run's time limit of " + Durations.format(limit));
    }

    boolean exists() {
        return !limit.isEmpty();
    }

    boolean isOver() {
        return exists() && left().isNegative();
    }

    /** Negative when it is over; for one that exists. */
    Duration left() {
        return Duration.ofNanos(at - System.nanoTime());
    }

    /** The earlier of two. */
    Deadline or(Deadline other) {
        if (!exists() || !other.exists()) {
            return exists() ? this : other;
        }
        return at - other.at <= 0 ? this : other;
    }
}
