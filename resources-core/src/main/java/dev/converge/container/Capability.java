package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.Locale;
import java.util.regex.Pattern;

/** A part of root's rights, as capabilities(7) lists them: {@code NET_ADMIN}, or {@code ALL}. */
public record Capability(String name) {
    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** With or without {@code CAP_}, in any case. */
    public static Capability parse(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        String name = upper.startsWith("CAP_") ? upper.substring("CAP_".length()) : upper;
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no capability.", "See capabilities(7); write it as 'NET_ADMIN'.");
        }
        return new Capability(name);
    }

    @Override
    public String toString() {
        return name;
    }
}
