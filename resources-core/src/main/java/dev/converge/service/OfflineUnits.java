package dev.converge.service;

import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Units of a host that is not booted, as their files and links tell. */
final class OfflineUnits {
    private static final Duration QUERY = Duration.ofMinutes(1);

    private OfflineUnits() {}

    /** {@code is-enabled} prints a line for each unit, and ends at one that has no file. */
    static List<UnitState> show(List<String> units, Systemctl systemctl, Host host)
            throws IOException, InterruptedException {
        List<String> present = new ArrayList<>();
        for (String unit : units) {
            if (UnitFolders.find(unit, host).isPresent()) {
                present.add(unit);
            }
        }
        List<String> answers = present.isEmpty() ? List.of() : ask(present, systemctl, host);
        List<UnitState> states = new ArrayList<>(units.size());
        for (String unit : units) {
            int asked = present.indexOf(unit);
            states.add(UnitState.offline(unit, asked < 0 ? "" : answers.get(asked)));
        }
        return states;
    }

    private static List<String> ask(List<String> units, Systemctl systemctl, Host host)
            throws IOException, InterruptedException {
        CommandResult result = systemctl.run("is-enabled", units, QUERY, host);
        List<String> lines = result.output().lines().toList();
        if (lines.size() == units.size()) {
            return lines;
        }
        if (units.size() == 1) {
            return List.of("bad");
        }
        List<String> alone = new ArrayList<>(units.size());
        for (String unit : units) {
            alone.addAll(ask(List.of(unit), systemctl, host));
        }
        return alone;
    }
}
