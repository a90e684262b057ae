package dev.converge.service;

import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Whether units that were told to start came up, and why not. */
record UnitStart(Systemctl systemctl, Host host) {
    private static final int LOG_LINES = 10;
    private static final int SAID_LINES = 4;

    /** Most programs that dislike their configuration end within this time; systemd itself waits for none of them. */
    private static final long SETTLING_MILLIS = 300;

    /**
     * The states once it shows whether they last: of a {@code Type=notify} unit systemd knows when it is up; any other
     * that has just begun to run may be about to fail.
     */
    Map<String, UnitState> settled(List<String> units) throws IOException, InterruptedException {
        UnitStates states = UnitStates.of(host);
        Map<String, UnitState> first = states.ask(units, systemctl, host);
        boolean unsure = first.values().stream().anyMatch(state -> state.isUp() && state.startsUnseen());
        if (!unsure) {
            return first;
        }
        TimeUnit.MILLISECONDS.sleep(SETTLING_MILLIS);
        return states.ask(units, systemctl, host);
    }

    /** @param what what it did not do, such as {@code did not start} */
    ResourceFailure failure(String unit, String what, UnitState state, CommandResult result)
            throws IOException, InterruptedException {
        String log = systemctl.log(unit, LOG_LINES, host);
        String end = result.timedOut() ? " in time: it is " + state.active() : why(state, log);
        String said = said(unit, result);
        return new ResourceFailure(
                unit + " " + what + end + "." + (said.isEmpty() ? "" : "\n" + said)
                        + (log.isEmpty() ? "" : "\nIts log ends with:\n" + log),
                "Correct what the log tells; '" + (systemctl.user().isPresent() ? "systemctl --user" : "systemctl")
                        + " status " + unit + "' shows more.");
    }

    private static String why(UnitState state, String log) {
        if (state.sub().equals("auto-restart")) {
            return ": it ends and is started again and again" + exit(state);
        }
        if (state.active().equals("failed")) {
            return ": it failed with result " + state.value("Result") + exit(state);
        }
        // What systemd knew of a condition it forgets with the unit, which nothing keeps loaded.
        if (log.contains("unmet condition")) {
            return ": a condition of its unit, such as ConditionPathExists, is not met";
        }
        return state.active().equals("inactive") ? ": it ended at once" + exit(state) : ": it is " + state.active();
    }

    private static String exit(UnitState state) {
        String status = state.value("ExecMainStatus");
        return status.isEmpty() || status.equals("0") ? "" : ", exit status " + status;
    }

    /** What systemctl said of this unit, without its hints where to look. */
    private static String said(String unit, CommandResult result) {
        return result.errors()
                .lines()
                .filter(line -> line.contains(unit))
                .filter(line -> !line.startsWith("See ") && !line.startsWith("Job for "))
                .limit(SAID_LINES)
                .collect(Collectors.joining("\n"));
    }
}
