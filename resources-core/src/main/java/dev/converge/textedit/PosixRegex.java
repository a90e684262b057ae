package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions of Java that mean the same to awk(1). */
final class PosixRegex {
    private static final Pattern PART = Pattern.compile(
            "\\\\([sdw])|\\\\([.\\[\\](){}*+?^$|/\\\\-])|\\[\\^?[^\\[\\]\\\\&]+\\]|[^\\\\\\[\\]{}]", Pattern.DOTALL);

    private PosixRegex() {}

    /** @throws InvalidValueException when awk has no such expression, or reads another one */
    static String of(Regex regex) {
        String text = regex.toString();
        StringBuilder out = new StringBuilder();
        Matcher parts = PART.matcher(text);
        int at = 0;
        while (at < text.length()) {
            boolean known = parts.find(at) && parts.start() == at;
            if (!known || text.substring(at).matches("(?s)([*+?][*+?]|\\(\\?).*")) {
                throw new InvalidValueException(
                        "The regular expression \"" + text + "\" is not one that awk reads alike.",
                        "Write it with letters, . [ ] * + ? ^ $ ( ) | and \\s, \\d, \\w.");
            }
            out.append(parts.group(1) == null ? parts.group() : shorthand(parts.group(1)));
            at = parts.end();
        }
        return out.toString();
    }

    private static String shorthand(String letter) {
        return switch (letter) {
            case "s" -> "[[:space:]]";
            case "d" -> "[0-9]";
            default -> "[A-Za-z0-9_]";
        };
    }
}
