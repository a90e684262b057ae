package dev.converge.hosts;

import dev.converge.model.InvalidValueException;
import java.util.Locale;

/** The name of a host as hosts(5) holds it: labels of letters, digits, {@code -} and {@code _}, the same in any case. */
public final class HostsName {
    private static final String LABEL = "[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final int LONGEST = 253;

    private final String text;

    private HostsName(String text) {
        this.text = text;
    }

    /** @throws InvalidValueException when no host can be called so */
    public static HostsName parse(String text) {
        if (text.length() > LONGEST || !text.matches(LABEL + "(?:\\." + LABEL + ")*") || IpAddress.isOne(text)) {
            throw new InvalidValueException(
                    "No host can be called \"" + text + "\".", "Write a name such as 'db.example.com'.");
        }
        return new HostsName(text);
    }

    /** A word of the file, whatever it looks like. */
    static HostsName seen(String word) {
        return new HostsName(word);
    }

    /** Whether a word of the file is this name. */
    boolean isSame(String word) {
        return text.equalsIgnoreCase(word);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostsName name && isSame(name.text);
    }

    @Override
    public int hashCode() {
        return text.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
