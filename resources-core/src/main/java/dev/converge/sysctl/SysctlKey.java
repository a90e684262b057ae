package dev.converge.sysctl;

import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A parameter of the kernel. It is written with dots or with slashes; the first separator of the text says which, and
 * the other one then stands for itself, as in {@code net.ipv4.conf.eth0/100.forwarding}; see sysctl.d(5).
 *
 * @param parts the folders below {@code /proc/sys} and the file in the last one
 */
public record SysctlKey(List<String> parts) {
    private static final Path KERNEL = Path.of("/proc/sys");
    private static final Pattern LETTERS = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_:@~+./-]*");

    /** @throws InvalidValueException when no parameter can be called so */
    public static SysctlKey parse(String text) {
        if (text.matches(".*[*?\\[\\]].*")) {
            throw new InvalidValueException(
                    "\"" + text + "\" is a pattern, and one resource is one parameter.",
                    "Declare each, in a loop perhaps; for network interfaces there are also 'all' and 'default'.");
        }
        List<String> parts = List.of(text.split(isSlashed(text) ? "/" : "\\.", -1));
        if (!isSlashed(text)) {
            parts = parts.stream().map(part -> part.replace('/', '.')).toList();
        }
        if (!LETTERS.matcher(text).matches()
                || parts.size() < 2
                || parts.stream().anyMatch(part -> part.matches("\\.*"))) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a parameter of the kernel.",
                    "Write it as 'sysctl -a' prints it, such as 'vm.swappiness'.");
        }
        return new SysctlKey(parts);
    }

    private static boolean isSlashed(String text) {
        int slash = text.indexOf('/');
        int dot = text.indexOf('.');
        return slash >= 0 && (dot < 0 || slash < dot);
    }

    /** Where the kernel shows it. */
    Path live() {
        return KERNEL.resolve(String.join("/", parts));
    }

    /** With dots, as a manifest and {@code sysctl -a} write it. */
    @Override
    public String toString() {
        return parts.stream().map(part -> part.replace('.', '/')).collect(Collectors.joining("."));
    }
}
