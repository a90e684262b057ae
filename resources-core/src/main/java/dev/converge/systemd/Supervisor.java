package dev.converge.systemd;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Tells systemd, when it has started this process as {@code Type=notify}, how that is; else nobody. */
public final class Supervisor {
    private static final String SOCKET = "NOTIFY_SOCKET";

    private final boolean listens;
    private final Optional<Duration> patience;

    private Supervisor(boolean listens, Optional<Duration> patience) {
        this.listens = listens;
        this.patience = patience;
    }

    /** @param environment of this process */
    public static Supervisor of(Map<String, String> environment, long pid) {
        boolean listens = environment.containsKey(SOCKET) && Libsystemd.isThere();
        boolean mine = environment.getOrDefault("WATCHDOG_PID", "" + pid).equals("" + pid);
        String micros = environment.getOrDefault("WATCHDOG_USEC", "");
        boolean watches = listens && mine && micros.matches("\\d{1,18}");
        return new Supervisor(
                listens,
                watches
                        ? Optional.of(Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros))))
                        : Optional.empty());
    }

    /** How long it waits for {@link #isAlive} before it ends this process; empty when it waits for none. */
    public Optional<Duration> patience() {
        return patience;
    }

    public void isReady(String status) {
        tell("READY=1\nSTATUS=" + line(status));
    }

    public void isReloading() {
        // MONOTONIC_USEC belongs to it since systemd 253; nanoTime is CLOCK_MONOTONIC on Linux.
        tell("RELOADING=1\nMONOTONIC_USEC=" + TimeUnit.NANOSECONDS.toMicros(System.nanoTime()));
    }

    public void isStopping(String status) {
        tell("STOPPING=1\nSTATUS=" + line(status));
    }

    public void isAlive() {
        tell("WATCHDOG=1");
    }

    public void does(String status) {
        tell("STATUS=" + line(status));
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }

    private void tell(String state) {
        if (listens) {
            Libsystemd.notifySupervisor(state);
        }
    }
}
