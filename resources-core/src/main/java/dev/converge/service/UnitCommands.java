package dev.converge.service;

import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Commands of systemctl for many units at once, which remember what failed for which unit. */
final class UnitCommands {
    private final Systemctl systemctl;
    private final Duration limit;
    private final Host host;
    private final Map<String, ResourceFailure> failures = new HashMap<>();

    UnitCommands(Systemctl systemctl, Duration limit, Host host) {
        this.systemctl = systemctl;
        this.limit = limit;
        this.host = host;
    }

    /** By unit. */
    Map<String, ResourceFailure> failures() {
        return failures;
    }

    void fail(String unit, ResourceFailure failure) {
        failures.put(unit, failure);
    }

    /** All at once; where that fails, one by one, so that each gets its own failure and the others their change. */
    void each(String verb, List<String> options, List<String> units) throws IOException, InterruptedException {
        if (units.isEmpty()) {
            return;
        }
        CommandResult result = run(verb, options, units);
        if (result.succeeded()) {
            return;
        }
        if (units.size() > 1) {
            for (String unit : units) {
                each(verb, options, List.of(unit));
            }
            return;
        }
        fail(
                units.get(0),
                new ResourceFailure(
                        "'systemctl " + verb + " " + units.get(0) + "' "
                                + (result.timedOut() ? "did not end in time." : "failed: " + result.lastLines(3)),
                        "Run it by hand and see."));
    }

    CommandResult run(String verb, List<String> options, List<String> units) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(options);
        words.add("--");
        words.addAll(units);
        return systemctl.run(verb, words, limit, host);
    }
}
