package dev.converge.sink;

import java.time.Duration;

/** The end of a thread that sends: it gets a little time for what is in hand, and is cut short then. */
final class Farewell {
    private static final Duration TIME = Duration.ofSeconds(3);

    private Farewell() {}

    /** @param sending has been told that it is to end */
    static void to(Thread sending) {
        try {
            sending.join(TIME.toMillis());
            sending.interrupt();
            sending.join(TIME.toMillis());
        } catch (InterruptedException e) {
            sending.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
