package dev.converge.agent;

import dev.converge.systemd.Supervisor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Tells systemd that the loop lives, and falls silent when it does not: the loop says before each step how long that may
 * take at most. A run may well take longer than systemd waits.
 */
final class Pulse implements AutoCloseable {
    private static final Duration SLACK = Duration.ofMinutes(1);

    private final Supervisor supervisor;
    private final Thread thread;
    private volatile long until;

    Pulse(Supervisor supervisor) {
        this.supervisor = supervisor;
        this.thread = new Thread(this::beat, "pulse");
        thread.setDaemon(true);
        lives(Duration.ZERO);
    }

    void start() {
        if (supervisor.patience().isPresent()) {
            thread.start();
        }
    }

    /** @param step how long the loop's next step takes at most */
    void lives(Duration step) {
        until = System.nanoTime() + step.plus(SLACK).toNanos();
    }

    private void beat() {
        long pause = Math.max(1, supervisor.patience().orElseThrow().toMillis() / 2);
        try {
            while (true) {
                if (System.nanoTime() - until < 0) {
                    supervisor.isAlive();
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
