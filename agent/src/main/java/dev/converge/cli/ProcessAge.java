package dev.converge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How long ago this process began, to ten milliseconds: the JDK's own figure may be a second off. See proc(5). */
final class ProcessAge {
    /** {@code starttime} is field 22; the fields after the name, which may hold spaces, begin with the third. */
    private static final int START = 22 - 3;

    /** Ticks of {@code sysconf(_SC_CLK_TCK)}, a hundred on every Linux that the JDK runs on. */
    private static final int MILLIS_PER_TICK = 10;

    private ProcessAge() {}

    /** Empty where there is no {@code /proc}. */
    static Optional<Duration> now() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            String uptime = Files.readString(Path.of("/proc/uptime"));
            long sinceBoot = Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
            return Optional.of(Duration.ofMillis(sinceBoot - Long.parseLong(fields[START]) * MILLIS_PER_TICK));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
