package dev.converge.agent;

import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import java.time.Duration;

/** Durations of {@code agent.yaml}, within what makes sense for each. */
final class Limits {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    private Limits() {}

    static Duration atLeastASecond(String text) {
        return between(SECOND, LONGEST, text);
    }

    /** Git servers are not asked more often. */
    static Duration atLeastAMinute(String text) {
        return between(MINUTE, LONGEST, text);
    }

    static Duration atMostAYear(String text) {
        return between(Duration.ZERO, LONGEST, text);
    }

    static Duration between(Duration least, Duration most, String text) {
        Duration given = Durations.parse(text);
        InvalidValueException.when(
                given.compareTo(least) < 0 || given.compareTo(most) > 0,
                text + " is out of bounds.",
                "Write at least " + Durations.format(least) + " and at most " + Durations.format(most) + ".");
        return given;
    }
}
