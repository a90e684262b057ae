package dev.converge.cli;

import dev.converge.report.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of the run took, by a clock that nobody can put back. */
final class Phases {
    private final Map<String, Duration> earlier = new LinkedHashMap<>();
    private final long began;
    private long convergeEnded;

    /** @param began the {@link System#nanoTime()} when the run's work began */
    Phases(long began, boolean wanted) {
        this.began = began;
        if (wanted) {
            ProcessAge.now().ifPresent(age -> earlier.put("jvm start", age.minus(since(began))));
        }
    }

    private static Duration since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment);
    }

    void compiled(Duration facts) {
        earlier.put("facts", facts);
        earlier.put("compile", since(began).minus(facts));
    }

    Report complete(Report report) {
        convergeEnded = System.nanoTime();
        return report.after(earlier);
    }

    Report reported(Report report) {
        Map<String, Duration> all = new LinkedHashMap<>(report.phases());
        all.put("report", since(convergeEnded));
        return report.during(all);
    }
}
