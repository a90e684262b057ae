package dev.converge.sink;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before the next try: twice as long each time, and never as long as all others, so that a thousand
 * hosts do not come back at once.
 */
final class Backoff {
    static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    private static final int MOST_DOUBLINGS = 30;

    private final long first;
    private final long most;

    Backoff(Duration first, Duration most) {
        this.first = first.toMillis();
        this.most = most.toMillis();
    }

    /** @param tries how many have failed so far, at least one */
    Duration after(int tries) {
        long whole = Math.min(most, first << Math.min(tries - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
    }
}
