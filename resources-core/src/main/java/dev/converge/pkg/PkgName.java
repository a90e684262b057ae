package dev.converge.pkg;

import dev.converge.model.InvalidValueException;
import java.util.Optional;

/**
 * The name of a package, with an architecture for one that is not the host's own, such as {@code libc6:i386}.
 *
 * @param architecture empty: the host's own, or any where the package is for all
 */
public record PkgName(String name, Optional<String> architecture) {
    /** @throws InvalidValueException when no package can be called so */
    public static PkgName parse(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? text : text.substring(0, colon);
        Optional<String> architecture = colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1));
        if (!isWord(name, "+._-")
                || architecture.filter(word -> !isWord(word, "-")).isPresent()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not the name of a package.",
                    text.indexOf('=') > 0
                            ? "Give the version as version."
                            : "A name has letters, digits, \"+\", \"-\" and \".\", such as 'libstdc++6' or 'libc6:i386'.");
        }
        // To apt-get, a minus at the end of a name means its removal.
        if (name.endsWith("-")) {
            throw new InvalidValueException("\"" + text + "\" is not the name of a package: it ends with \"-\".");
        }
        return new PkgName(name, architecture);
    }

    private static boolean isWord(String text, String marks) {
        if (text.isEmpty() || !isAlphanumeric(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isAlphanumeric((char) c) || marks.indexOf(c) >= 0);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return architecture.map(word -> name + ":" + word).orElse(name);
    }
}
