package dev.converge.container;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A volume, or a path of the host, in a container: {@code data:/var/lib/app}, {@code /etc/app:/etc/app:ro}.
 *
 * @param source a volume's name, or an absolute path of the host
 * @param target where it is in the container
 * @param options such as {@code ro}, {@code z} or {@code nocopy}, sorted
 */
public record VolumeMount(String source, String target, List<String> options) implements NamesResources {
    private static final String ADVICE = "Write it as source:target[:options], such as 'data:/var/lib/app' or "
            + "'/etc/app:/etc/app:ro'. A path that only memory holds is a tmpfs.";
    private static final Pattern VOLUME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
    private static final Set<String> OPTIONS = Set.of(
            "ro",
            "rw",
            "z",
            "Z",
            "nocopy",
            "copy",
            "private",
            "rprivate",
            "shared",
            "rshared",
            "slave",
            "rslave",
            "bind",
            "rbind",
            "U",
            "O",
            "exec",
            "noexec",
            "suid",
            "nosuid",
            "dev",
            "nodev",
            "consistent",
            "cached",
            "delegated");

    /** @throws InvalidValueException when it is no mount */
    public static VolumeMount parse(String text) {
        String[] parts = text.split(":", -1);
        require(parts.length == 2 || parts.length == 3, text, "it has not two or three parts");
        require(isAbsolute(parts[1]), text, "the path in the container is not absolute");
        require(
                isAbsolute(parts[0]) || VOLUME.matcher(parts[0]).matches(),
                text,
                "its source is neither the name of a volume nor an absolute path");
        TreeSet<String> options = new TreeSet<>();
        if (parts.length == 3) {
            options.addAll(Arrays.asList(parts[2].split(",", -1)));
        }
        for (String option : options) {
            require(OPTIONS.contains(option), text, "\"" + option + "\" is no option");
        }
        options.remove("rw");
        return new VolumeMount(normal(parts[0]), normal(parts[1]), List.copyOf(options));
    }

    private static boolean isAbsolute(String path) {
        return path.startsWith("/") && path.chars().noneMatch(letter -> letter == '\0' || letter == '\n');
    }

    private static String normal(String source) {
        return source.startsWith("/") ? Path.of(source).normalize().toString() : source;
    }

    private static void require(boolean right, String text, String why) {
        if (!right) {
            throw new InvalidValueException("\"" + text + "\" mounts nothing: " + why + ".", ADVICE);
        }
    }

    boolean isVolume() {
        return !source.startsWith("/");
    }

    boolean isReadOnly() {
        return options.contains("ro");
    }

    /** Whether an engine shows the other one when this was asked for: it adds options of its own. */
    boolean allows(VolumeMount other) {
        return source.equals(other.source) && target.equals(other.target) && isReadOnly() == other.isReadOnly();
    }

    @Override
    public List<String> resourceNames() {
        return List.of(source);
    }

    @Override
    public String toString() {
        return source + ":" + target + (options.isEmpty() ? "" : ":" + String.join(",", options));
    }
}
