package dev.converge.service;

import dev.converge.filesystem.Owners;
import dev.converge.model.Text;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The commands to one systemd: the system's, a user's, or one that does not run yet.
 *
 * @param user whose; the system's when empty
 * @param runs whether it runs; where not, only files can be read and changed
 */
record Systemctl(Optional<String> user, boolean runs) {
    private static final Duration QUERY = Duration.ofMinutes(1);

    /** Asks for the state of units, all in one call. */
    List<UnitState> show(List<String> units, Host host) throws IOException, InterruptedException {
        if (!runs && user.isPresent()) {
            throw notRunning(user.get());
        }
        if (!runs) {
            return OfflineUnits.show(units, this, host);
        }
        List<String> words = new ArrayList<>(List.of("--property=" + UnitState.PROPERTIES, "--"));
        words.addAll(units);
        CommandResult result = run("show", words, QUERY, host);
        List<UnitState> states = UnitState.parse(result.output() + "\n");
        if (!result.succeeded() || states.size() != units.size()) {
            throw silence(result);
        }
        return states;
    }

    private ResourceFailure silence(CommandResult result) {
        return user.map(Systemctl::notRunning)
                .orElseGet(() -> new ResourceFailure(
                        "systemd does not tell the state of its units: " + result.lastLines(3),
                        "Look with 'systemctl status'; it may be busy, or be shutting down."));
    }

    private static ResourceFailure notRunning(String user) {
        return new ResourceFailure(
                "The systemd of user " + user + " is not running, so nothing is known of its services.",
                "Run 'loginctl enable-linger " + user + "' once: it then runs from boot on.");
    }

    private Path runtimeFolder(Host host) throws IOException, InterruptedException {
        return Path.of("/run/user/" + Owners.of(host).uid(user.orElseThrow()));
    }

    CommandResult run(String verb, Collection<String> words, Duration timeout, Host host)
            throws IOException, InterruptedException {
        List<String> argv = new ArrayList<>(List.of("systemctl", "--no-ask-password", "--no-pager"));
        if (!runs) {
            argv.add("--root=/");
        }
        if (user.isPresent()) {
            argv.add("--user");
        }
        argv.add(verb);
        argv.addAll(words);
        return host.commands().run(as(Command.of(argv).timeout(timeout), host));
    }

    /** The end of a unit's log; empty where there is none. */
    String log(String unit, int lines, Host host) throws IOException, InterruptedException {
        Command command = Command.of(
                "journalctl",
                user.isPresent() ? "--user-unit=" + unit : "--unit=" + unit,
                "--lines=" + lines,
                "--output=cat",
                "--no-pager",
                "--quiet");
        try {
            CommandResult result = host.commands().run(command.timeout(QUERY));
            return result.succeeded() ? result.output().strip() : "";
        } catch (ResourceFailure e) {
            return ""; // no journal on this host
        }
    }

    private Command as(Command command, Host host) throws IOException, InterruptedException {
        if (user.isEmpty()) {
            return command;
        }
        Path runtime = runtimeFolder(host);
        return command.user(user.get())
                .environment(Map.of(
                        "XDG_RUNTIME_DIR",
                        Text.of(runtime.toString()),
                        "DBUS_SESSION_BUS_ADDRESS",
                        Text.of("unix:path=" + runtime + "/bus")));
    }
}
