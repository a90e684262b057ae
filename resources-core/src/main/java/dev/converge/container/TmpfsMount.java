package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * A file system in memory in a container: {@code /run}, {@code /tmp:size=64m,mode=1777}.
 *
 * @param options of tmpfs(5), sorted
 */
public record TmpfsMount(String target, List<String> options) {
    /** @throws InvalidValueException when it names no absolute path */
    public static TmpfsMount parse(String text) {
        int colon = text.indexOf(':');
        String target = colon < 0 ? text : text.substring(0, colon);
        if (!target.startsWith("/") || target.equals("/") || target.indexOf('\0') >= 0) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no place for a file system in memory.",
                    "Write an absolute path of the container, such as '/run' or '/tmp:size=64m'.");
        }
        TreeSet<String> options = colon < 0
                ? new TreeSet<>()
                : new TreeSet<>(Arrays.asList(text.substring(colon + 1).split(",")));
        return new TmpfsMount(Path.of(target).normalize().toString(), List.copyOf(options));
    }

    /** Whether an engine shows the other one when this was asked for: it adds options of its own. */
    boolean allows(TmpfsMount other) {
        return target.equals(other.target) && other.options.containsAll(options);
    }

    /** As the API takes them. */
    String optionText() {
        return String.join(",", options);
    }

    @Override
    public String toString() {
        return target + (options.isEmpty() ? "" : ":" + optionText());
    }
}
