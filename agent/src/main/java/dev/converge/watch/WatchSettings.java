package dev.converge.watch;

import java.time.Duration;

/**
 * How the host is watched.
 *
 * @param quiet what moves together is told together, once nothing more has moved for so long
 * @param longest how long that may hold up what has moved first
 * @param folders how many folders may be watched; each costs the kernel about 1 KiB
 * @param fights when a resource is left alone for a while
 */
public record WatchSettings(Duration quiet, Duration longest, int folders, FightRules fights) {
    public static final WatchSettings USUAL =
            new WatchSettings(Duration.ofMillis(30), Duration.ofMillis(250), 100_000, FightRules.USUAL);

    /** The same with another time in which nothing more may move. */
    public WatchSettings quiet(Duration time) {
        return new WatchSettings(time, time.compareTo(longest) > 0 ? time : longest, folders, fights);
    }

    /** The same with fewer folders at most. */
    public WatchSettings folders(int most) {
        return new WatchSettings(quiet, longest, most, fights);
    }

    /** The same with other rules for what something else changes back each time. */
    public WatchSettings fights(FightRules rules) {
        return new WatchSettings(quiet, longest, folders, rules);
    }
}
