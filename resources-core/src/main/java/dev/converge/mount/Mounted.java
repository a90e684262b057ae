package dev.converge.mount;

import dev.converge.filesystem.MountPoints;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One line of {@code /proc/PID/mountinfo}; see proc_pid_mountinfo(5).
 *
 * @param device major and minor number
 * @param root the folder of the file system that is mounted, {@code /} but for bind mounts
 * @param path the mount point
 * @param options those of the mount and of its file system
 * @param type of the file system
 * @param source what was mounted, as its file system says it
 */
record Mounted(String device, Path root, Path path, Set<String> options, String type, String source) {
    /** Options that somebody chose; the rest are the kernel's defaults, or the file system's own. */
    private static final Set<String> TOLD = Set.of("ro", "nosuid", "nodev", "noexec", "noatime", "sync");

    /** Empty for a line that is not understood. */
    static Optional<Mounted> parse(String line) {
        List<String> fields = Arrays.asList(line.split(" "));
        int dash = fields.indexOf("-");
        if (dash < 6 || fields.size() < dash + 4) {
            return Optional.empty();
        }
        Set<String> options = new HashSet<>(Arrays.asList(fields.get(5).split(",")));
        options.addAll(Arrays.asList(fields.get(dash + 3).split(",")));
        return Optional.of(new Mounted(
                fields.get(2),
                Path.of(MountPoints.unescape(fields.get(3))),
                Path.of(MountPoints.unescape(fields.get(4))),
                options,
                fields.get(dash + 1),
                MountPoints.unescape(fields.get(dash + 2))));
    }

    /** What a manifest declares to have it mounted alike; of a part of a file system nothing tells what was mounted. */
    Optional<MountResource> declared() {
        if (root.getNameCount() > 0) {
            return Optional.empty();
        }
        List<String> told = options.stream().filter(TOLD::contains).sorted().toList();
        return Optional.of(new MountResource(
                path,
                source,
                type,
                told,
                0,
                0,
                Optional.empty(),
                false,
                MountResource.TIMEOUT,
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    public String toString() {
        String from = root.getNameCount() == 0 || !root.isAbsolute() ? "" : " " + root;
        return source + from + " (" + type + "; "
                + String.join(",", options.stream().sorted().toList()) + ")";
    }
}
