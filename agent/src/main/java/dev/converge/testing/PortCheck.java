package dev.converge.testing;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What can be asked of a TCP port of a converged host. */
public final class PortCheck {
    /** A service may open its port a moment after systemd says that it has started. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 50;
    private static final String LISTEN = "0A";
    private static final int HEX = 16;

    private final ConvergedHost host;
    private final int number;

    PortCheck(ConvergedHost host, int number) {
        this.host = host;
        this.number = number;
    }

    /** Whether something listens there, or does so soon. */
    public boolean isListening() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Set<Integer> open = listening();
        while (!open.contains(number)) {
            if (System.nanoTime() > deadline) {
                throw new SpecFailure(
                        "Nothing listens on port " + number + "; open are " + (open.isEmpty() ? "none." : open + "."));
            }
            Thread.sleep(PAUSE_MILLIS);
            open = listening();
        }
        return true;
    }

    /** Whether nothing listens there now. */
    public boolean isClosed() {
        if (listening().contains(number)) {
            throw new SpecFailure("Something listens on port " + number + ".");
        }
        return true;
    }

    /** From proc_pid_net(5): {@code sl local_address rem_address st}, the port in hexadecimal digits. */
    private Set<Integer> listening() {
        Set<Integer> ports = new TreeSet<>();
        host.must("cat", "/proc/net/tcp", "/proc/net/tcp6")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 3 && fields[3].equals(LISTEN))
                .forEach(fields -> ports.add(Integer.valueOf(fields[1].substring(fields[1].indexOf(':') + 1), HEX)));
        return ports;
    }

    @Override
    public String toString() {
        return "port " + number;
    }
}
