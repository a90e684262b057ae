package dev.converge.filesystem;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where file systems are mounted on this machine: whoever removes a folder does not remove what is on another disk, or
 * bound there from elsewhere. See proc_pid_mountinfo(5).
 */
public final class MountPoints {
    private static final Path OURS = Path.of("/proc/self/mountinfo");
    private static final int POINT = 4;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private final List<Path> points;

    private MountPoints(List<Path> points) {
        this.points = points;
    }

    public static MountPoints none() {
        return new MountPoints(List.of());
    }

    public static MountPoints now() throws IOException {
        try {
            return new MountPoints(Files.readString(OURS, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> Arrays.asList(line.split(" ")))
                    .filter(fields -> fields.size() > POINT)
                    .map(fields -> Path.of(unescape(fields.get(POINT))))
                    .toList());
        } catch (NoSuchFileException e) {
            return new MountPoints(List.of());
        }
    }

    /** A path as tables of mounts write it: white space and backslashes in octal. */
    public static String unescape(String field) {
        return ESCAPED.matcher(field)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 8))));
    }

    /** @param real a path without links on the way */
    public boolean isOne(Path real) {
        return points.contains(real);
    }

    /** The first one below a path without links on the way. */
    public Optional<Path> below(Path real) {
        return points.stream()
                .filter(point -> point.startsWith(real) && !point.equals(real))
                .findFirst();
    }

    /** Fails when something is mounted at a folder or below it, so that removing it would empty that. */
    public static void requireNoneIn(Path folder) throws IOException {
        Path real = folder.toRealPath();
        MountPoints mounted = now();
        Optional<Path> point = mounted.isOne(real) ? Optional.of(real) : mounted.below(real);
        if (point.isPresent()) {
            throw new ResourceFailure(
                    real + " is not removed: another file system is mounted at " + point.get() + ".",
                    "Unmount it first; a mount with ensure 'absent' does.");
        }
    }
}
