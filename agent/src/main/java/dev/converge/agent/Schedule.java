package dev.converge.agent;

import dev.converge.model.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * When the agent runs.
 *
 * @param interval how long after a run the next begins
 * @param splay up to how much later it may be
 * @param windows when resources may be changed that say nothing of it themselves; at any time when there are none
 */
public record Schedule(Duration interval, Duration splay, List<Window> windows) {
    public Schedule {
        windows = List.copyOf(windows);
    }

    /** How much later a host is, of the splay: always the same for a host, and spread evenly over many. */
    Duration delayOf(String host) {
        CRC32C sum = new CRC32C();
        sum.update(host.getBytes(StandardCharsets.UTF_8));
        // The sums of names that differ in a digit are close to each other.
        return Duration.ofMillis((long) (splay.toMillis() * new SplittableRandom(sum.getValue()).nextDouble()));
    }
}
