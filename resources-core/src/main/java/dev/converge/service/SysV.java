package dev.converge.service;

import dev.converge.provider.Command;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Services of SysV: only a service's own script can tell whether it runs; see the Linux Standard Base, section 20.2. */
final class SysV extends ScriptedInit {
    private static final Duration STATUS = Duration.ofMinutes(1);
    private static final List<String> CHKCONFIG = List.of("/sbin/chkconfig", "/usr/sbin/chkconfig");

    /** {@code service} gives each script the same small environment; where it is missing, scripts are run as they are. */
    private static final String RUN = "if command -v service >/dev/null; then exec service \"$0\" \"$1\"; fi;"
            + " exec \"" + RunLevels.SCRIPTS + "/$0\" \"$1\"";

    @Override
    boolean runs(String script, Host host) throws IOException, InterruptedException {
        return host.commands()
                .run(Command.of(command(script, "status")).timeout(STATUS))
                .succeeded();
    }

    @Override
    boolean starts(String script, Host host) throws IOException {
        return RunLevels.starts(script, host);
    }

    @Override
    List<String> command(String script, String verb) {
        return List.of("/bin/sh", "-c", RUN, script, verb);
    }

    @Override
    List<List<String>> atBoot(String script, boolean enabled, Host host) {
        boolean redHat = CHKCONFIG.stream().anyMatch(tool -> Files.isExecutable(host.path(Path.of(tool))));
        if (redHat) {
            return enabled
                    ? List.of(List.of("chkconfig", "--add", script), List.of("chkconfig", script, "on"))
                    : List.of(List.of("chkconfig", script, "off"));
        }
        return enabled
                ? List.of(List.of("update-rc.d", script, "defaults"), List.of("update-rc.d", script, "enable"))
                : List.of(List.of("update-rc.d", script, "disable"));
    }

    @Override
    void forget(Host host) {
        // nothing is kept: each service is asked for itself
    }
}
