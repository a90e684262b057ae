package dev.converge.service;

import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What systemd has to be told of unit files that come and go; nothing while it does not run. */
final class SystemdUnits {
    private static final Duration STOP = Duration.ofMinutes(5);

    private final Host host;
    private final Systemctl systemctl;
    private boolean changed;

    SystemdUnits(Host host) throws IOException {
        this.host = host;
        this.systemctl = systemctl(host);
    }

    /** The system's own; fails where another one starts services. */
    static Systemctl systemctl(Host host) throws IOException {
        if (InitSystem.of(host) instanceof Systemd systemd) {
            return new Systemctl(Optional.empty(), systemd.runs());
        }
        throw new ResourceFailure(
                "Units and timers are systemd's, which this host does not run.",
                "Declare them only where the host has systemd; cron does work at set times everywhere.");
    }

    /** Something that systemd has read is different now. */
    void changed() {
        changed = true;
    }

    /** Stops a unit whose file is about to go, every instance of a template, and takes away what starts it at boot. */
    void retire(String unit) throws IOException, InterruptedException {
        if (systemctl.runs()) {
            require("stop", unit.contains("@.") ? unit.replace("@.", "@*.") : unit);
        }
        CommandResult disabled = systemctl.run("disable", List.of("--", unit), STOP, host);
        if (!disabled.succeeded()) {
            throw failure("disable", unit, disabled);
        }
        changed = true;
    }

    private void require(String verb, String unit) throws IOException, InterruptedException {
        CommandResult result = systemctl.run(verb, List.of("--", unit), STOP, host);
        boolean unknown = result.errors().contains("not loaded");
        if (!result.succeeded() && !unknown) {
            throw failure(verb, unit, result);
        }
    }

    private static ResourceFailure failure(String verb, String unit, CommandResult result) {
        return new ResourceFailure(
                "'systemctl " + verb + " " + unit + "' failed: " + result.lastLines(3), "Run it by hand and see.");
    }

    /** Lets systemd read all units, when one of them has changed. */
    void reload() throws IOException, InterruptedException {
        if (!changed) {
            return;
        }
        if (systemctl.runs()) {
            CommandResult result = systemctl.run("daemon-reload", List.of(), STOP, host);
            if (!result.succeeded()) {
                throw failure("daemon-reload", "", result);
            }
        }
        host.invalidate(UnitStates.class);
    }
}
