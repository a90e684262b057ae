package dev.converge.hostname;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;

/** What a host can be called: labels as RFC 1123 has them, and no more than Linux takes; see hostname(7). */
public record HostName(String text) {
    private static final int LONGEST = 64;
    private static final Pattern LABELS =
            Pattern.compile("(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*");

    /** @throws InvalidValueException when no host can be called so */
    public static HostName parse(String text) {
        if (text.length() > LONGEST) {
            throw new InvalidValueException(
                    "\"" + text + "\" is longer than the " + LONGEST + " characters that Linux takes.",
                    "Write the first part of the name alone; the domain belongs to DNS.");
        }
        if (!LABELS.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no name for a host.",
                    "Write letters, digits and dashes, such as 'web-1'; a dash neither begins nor ends a part.");
        }
        return new HostName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
