package dev.converge.mount;

import dev.converge.filesystem.Stat;
import dev.converge.filesystem.TextFile;
import dev.converge.provider.Action;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Why something could not be mounted or unmounted, as far as that shows before. */
final class MountChecks {
    /** Types that need a program of their own, and Debian's package of it. */
    private static final Map<String, String> HELPERS =
            Map.of("nfs", "nfs-common", "nfs4", "nfs-common", "cifs", "cifs-utils");

    private static final List<Path> PROGRAMS = List.of(Path.of("/sbin"), Path.of("/usr/sbin"));

    private final MountResource mount;
    private final Host host;

    MountChecks(MountResource mount, Host host) {
        this.mount = mount;
        this.host = host;
    }

    void requireMountable() throws IOException, InterruptedException {
        host.commands().check(new MountPrograms(mount, host).mounting());
        Device device = new Device(mount, host);
        if (!device.exists()) {
            throw new ResourceFailure(
                    "There is no " + mount.device() + " on this host to mount at " + mount.path() + ".",
                    device.isTag() ? "Compare with what 'lsblk -f' lists." : "Create it before, or correct its name.");
        }
        String helper = HELPERS.get(mount.fsType());
        if (helper != null && PROGRAMS.stream().noneMatch(this::hasHelper)) {
            throw new ResourceFailure(
                    "The host has no program that mounts " + mount.fsType() + ".", "Declare pkg '" + helper + "'.");
        }
        requireMountPoint();
    }

    private boolean hasHelper(Path folder) {
        return Files.exists(host.path(folder.resolve("mount." + mount.fsType())));
    }

    /** Not looked at while something is mounted there: its server may not answer. */
    private void requireMountPoint() throws IOException, InterruptedException {
        if (MountTable.of(host).at(mount.path()).isPresent()) {
            return;
        }
        requireNoLink();
        boolean file = mount.isBind() && Files.isRegularFile(host.path(Path.of(mount.device())));
        boolean wrong = Stat.of(host.path(mount.path()))
                .filter(stat -> file ? !stat.isFile() : !Files.isDirectory(host.path(mount.path())))
                .isPresent();
        if (wrong || (file && !Files.exists(host.path(mount.path())))) {
            throw new ResourceFailure(
                    mount.path() + " is not a " + (file ? "file" : "folder") + ", so nothing can be mounted there.",
                    file ? "Declare an empty file there." : "Move away what is there.");
        }
    }

    /** mount(8) follows a link, and what is mounted then has another name: each run would mount once more. */
    private void requireNoLink() throws IOException {
        Path reached = mount.path().getRoot();
        for (Path part : mount.path()) {
            Path link = reached.resolve(part);
            if (Stat.of(host.path(link)).filter(Stat::isLink).isPresent()) {
                Path target = reached.resolve(Files.readSymbolicLink(host.path(link)));
                Path meant = target.resolve(link.relativize(mount.path())).normalize();
                throw new ResourceFailure(
                        link + " is a symbolic link, and what is mounted there has another name.",
                        "Declare mount '" + meant + "'.");
            }
            reached = link;
        }
    }

    void requireUnmountable() throws IOException, InterruptedException {
        if (mount.path().getNameCount() == 0) {
            throw new ResourceFailure("The root file system cannot be unmounted.", "Leave it mounted.");
        }
        List<Path> below = MountTable.of(host).below(mount.path());
        if (!below.isEmpty()) {
            throw new ResourceFailure(
                    mount.path() + " cannot be unmounted: on it are mounted "
                            + String.join(
                                    ", ", below.stream().map(Path::toString).toList()) + ".",
                    "Declare those absent too; they go first then.");
        }
        List<String> holders = Holders.of(mount.path(), host);
        if (!holders.isEmpty()) {
            throw MountPrograms.busy(mount.path(), holders);
        }
    }

    void requireOneLine(Action action) throws IOException {
        long lines = Fstab.count(TextFile.read(Fstab.FILE, host).text(), mount.path());
        if (lines > 1 && action != Action.DELETE) {
            throw new ResourceFailure(
                    Fstab.FILE + " has " + lines + " lines for " + mount.path()
                            + ", and it is not clear which one counts.",
                    "Remove all but one.");
        }
    }
}
