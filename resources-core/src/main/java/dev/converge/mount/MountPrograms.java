package dev.converge.mount;

import dev.converge.model.Durations;
import dev.converge.provider.Command;
import dev.converge.provider.CommandResult;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs mount(8) and umount(8), each within its time limit. */
final class MountPrograms {
    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private final MountResource mount;
    private final Host host;

    MountPrograms(MountResource mount, Host host) {
        this.mount = mount;
        this.host = host;
    }

    Command mounting() {
        return mount(List.of());
    }

    void mount() throws IOException, InterruptedException {
        run(mounting(), "mounted");
    }

    void remount() throws IOException, InterruptedException {
        List<String> first = mount.isBind() ? List.of("remount", "bind") : List.of("remount");
        run(mount(first), "remounted");
    }

    void unmount() throws IOException, InterruptedException {
        Command command = Command.of("umount", mount.path().toString()).timeout(mount.timeout());
        CommandResult result = host.commands().run(command);
        host.invalidate(MountTable.class);
        if (result.succeeded()) {
            return;
        }
        List<String> holders = Holders.of(mount.path(), host);
        throw holders.isEmpty() ? failure(command, result, "unmounted") : busy(mount.path(), holders);
    }

    static ResourceFailure busy(Path path, List<String> holders) {
        return new ResourceFailure(
                path + " cannot be unmounted: it is in use by " + String.join(", ", holders) + ".",
                "Stop them, or declare the service that they belong to so that it is stopped before.");
    }

    private Command mount(List<String> first) {
        List<String> options = new ArrayList<>(first);
        mount.options().stream().filter(option -> !options.contains(option)).forEach(options::add);
        List<String> argv = new ArrayList<>(List.of("mount"));
        if (!mount.isBind()) {
            argv.addAll(List.of("-t", mount.fsType()));
        }
        if (!options.isEmpty()) {
            argv.addAll(List.of("-o", String.join(",", options)));
        }
        argv.addAll(List.of(mount.device(), mount.path().toString()));
        return Command.of(argv).timeout(mount.timeout());
    }

    private void run(Command command, String what) throws IOException, InterruptedException {
        CommandResult result = host.commands().run(command);
        host.invalidate(MountTable.class);
        if (!result.succeeded()) {
            throw failure(command, result, what);
        }
    }

    private ResourceFailure failure(Command command, CommandResult result, String what) {
        if (result.timedOut()) {
            return new ResourceFailure(
                    mount.path() + " was not " + what + " within " + Durations.format(mount.timeout()) + ".",
                    "See whether the server of " + mount.device() + " answers, or raise timeout.");
        }
        return new ResourceFailure(
                mount.path() + " could not be " + what + ": " + result.lastLines(3),
                "Try it by hand: " + command + "; the kernel may say more in dmesg.");
    }

    /** systemd makes units of the lines of fstab, and would else unmount what an old one says. */
    void reloadUnits() throws IOException, InterruptedException {
        if (Files.isDirectory(host.path(SYSTEMD))) {
            Command reload = Command.of("systemctl", "daemon-reload");
            CommandResult result = host.commands().run(reload);
            if (!result.succeeded()) {
                throw new ResourceFailure(
                        "systemd did not take over the new /etc/fstab: " + result.lastLines(3),
                        "Run 'systemctl daemon-reload' by hand.");
            }
        }
    }
}
