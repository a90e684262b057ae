package dev.converge.schema;

import dev.converge.model.InvalidValueException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text to value for the types that bring no {@code parse} of their own. */
public final class Parsing {
    private Parsing() {}

    /** An absolute path without {@code .}, {@code ..} or a slash at its end. */
    public static Path path(String text) {
        if (!text.startsWith("/")) {
            throw new InvalidValueException("\"" + text + "\" is not an absolute path.", "Start it with a slash.");
        }
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidValueException("\"" + text + "\" is not a path: " + e.getReason() + ".");
        }
        if (text.indexOf('.') >= 0 && !path.normalize().equals(path)) {
            throw new InvalidValueException(
                    "The path \"" + text + "\" has \".\" or \"..\" in it.", "Write " + path.normalize() + ".");
        }
        return path;
    }

    public static int integer(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("\"" + text + "\" is not a whole number.");
        }
    }

    public static long longInteger(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("\"" + text + "\" is not a whole number.");
        }
    }

    public static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("\"" + text + "\" is neither true nor false.");
        };
    }

    /** The constant whose name in lower case, with dashes, is the text. */
    public static <E extends Enum<E>> E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (spelling(constant).equals(text)) {
                return constant;
            }
        }
        throw new InvalidValueException("\"" + text + "\" is not one of "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> "'" + spelling(constant) + "'")
                        .collect(Collectors.joining(", "))
                + ".");
    }

    /** How a manifest spells an enum's constant: {@code NO_WAIT} as {@code no-wait}. */
    public static String spelling(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
