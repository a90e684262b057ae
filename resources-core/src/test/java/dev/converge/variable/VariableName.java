package dev.converge.variable;

import dev.converge.model.InvalidValueException;

/** The name of an environment variable; see section 2.5.3 of the POSIX shell language. */
public record VariableName(String text) {
    /** @throws InvalidValueException when no shell takes such a name */
    public static VariableName parse(String text) {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new InvalidValueException(
                    "No variable can be called \"" + text + "\".", "Write letters, digits and _, such as 'EDITOR'.");
        }
        return new VariableName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
