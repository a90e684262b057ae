package dev.converge.watch;

import java.time.Duration;

/**
 * When a resource is left alone that something else changes back each time.
 *
 * @param corrections how often it has to be put right
 * @param within in what time
 * @param first how long it is left alone then; twice as long each time that it has moved meanwhile
 * @param longest how long at most
 */
public record FightRules(int corrections, Duration within, Duration first, Duration longest) {
    public static final FightRules USUAL =
            new FightRules(5, Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofHours(1));
}
