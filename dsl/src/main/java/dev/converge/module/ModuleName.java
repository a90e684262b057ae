package dev.converge.module;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;

/** What a module may be called, and what its classes are called then. */
public final class ModuleName {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_-]*");

    private ModuleName() {}

    /** @throws InvalidValueException when no module can be called so */
    public static String parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not the name of a module.",
                    "Begin with a small letter; then small letters, digits, hyphens and underscores.");
        }
        return text;
    }

    /** The class that a module is known by: {@code ContainerHost} of {@code container-host}. */
    public static String className(String module) {
        StringBuilder name = new StringBuilder();
        for (String word : module.split("[-_]")) {
            if (!word.isEmpty()) {
                name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
            }
        }
        return name.toString();
    }
}
