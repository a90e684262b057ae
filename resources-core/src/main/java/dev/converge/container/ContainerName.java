package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;

/** What a container, network or volume is called; the same letters are allowed for all three. */
public record ContainerName(String text) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");

    /** @throws InvalidValueException when no engine takes such a name */
    public static ContainerName parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidValueException(
                    "No container, network or volume can be called \"" + text + "\".",
                    "Write letters, digits, \"_\", \".\" and \"-\", such as 'web-1'.");
        }
        return new ContainerName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
