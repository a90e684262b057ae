package dev.converge.mount;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is mounted on a host, in the order of mounting; nothing is known of a root folder that is not running.
 *
 * @param mounts all mounts
 * @param running whether the host has mounts at all
 */
record MountTable(List<Mounted> mounts, boolean running) {
    private static final Path FIRST_PROCESS = Path.of("/proc/1");

    static MountTable of(Host host) throws IOException, InterruptedException {
        return host.database(MountTable.class, MountTable::read);
    }

    private static MountTable read(Host host) throws IOException {
        boolean machine = host.root().getNameCount() == 0;
        if (!machine && !isRunning(host)) {
            return new MountTable(List.of(), false);
        }
        // Our own mounts are those that our commands will make; in a container they are those of its first process.
        Path process = machine ? Path.of("/proc/self") : host.path(FIRST_PROCESS);
        String text = Files.readString(process.resolve("mountinfo"), StandardCharsets.UTF_8);
        return new MountTable(
                text.lines().map(Mounted::parse).flatMap(Optional::stream).toList(), true);
    }

    /** Whether the first process that is seen there has it as its root, as systemd tells a chroot. */
    private static boolean isRunning(Host host) throws IOException {
        Path first = host.path(FIRST_PROCESS).resolve("root");
        try {
            return Files.exists(first) && Files.isSameFile(first, host.root());
        } catch (AccessDeniedException e) {
            return false;
        }
    }

    /** What one sees at the mount point: the last of those that lie on each other; an automount only waits. */
    Optional<Mounted> at(Path path) {
        return mounts.stream()
                .filter(mount -> mount.path().equals(path) && !mount.type().equals("autofs"))
                .reduce((first, second) -> second);
    }

    List<Path> below(Path path) {
        return mounts.stream()
                .map(Mounted::path)
                .filter(other -> other.startsWith(path) && !other.equals(path))
                .distinct()
                .toList();
    }

    /** The mount that a path is on. */
    Optional<Mounted> holding(Path path) {
        return mounts.stream()
                .filter(mount -> path.startsWith(mount.path()))
                .reduce((best, next) ->
                        next.path().getNameCount() >= best.path().getNameCount() ? next : best);
    }
}
