package dev.converge.ssh;

import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a key may do, or may not, such as {@code no-pty} or {@code from="10.0.0.0/8"}. */
public record KeyOption(String text) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]+(?:=\"(?:[^\"\\\\\\n]|\\\\.)*\")?");

    /** @throws InvalidValueException when it is not one option as sshd(8) writes it */
    public static KeyOption parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not one option of a key.",
                    "Write each on its own, values in double quotes: 'no-pty', 'from=\"10.0.0.0/8\"'.");
        }
        return new KeyOption(text);
    }

    /** The options of a line, which commas separate. */
    static List<KeyOption> all(String text) {
        List<KeyOption> options = new ArrayList<>();
        Matcher option =
                Pattern.compile("(?:[^,\"]++|\"(?:[^\"\\\\]++|\\\\.)*+\"?)++").matcher(text);
        while (option.find()) {
            options.add(new KeyOption(option.group()));
        }
        return options;
    }

    @Override
    public String toString() {
        return text;
    }
}
