package dev.converge.service;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Lines;

/**
 * The value of a setting in a unit file, as systemd reads it; one line for each time that the setting is given.
 *
 * @param text the lines
 */
public record UnitSetting(String text) implements Lines {
    /** @throws InvalidValueException when a line goes on in the next one */
    public static UnitSetting parse(String text) {
        if (text.lines().anyMatch(line -> line.endsWith("\\"))) {
            throw new InvalidValueException(
                    "A value that ends with \"\\\" takes the next line with it.", "Leave it out.");
        }
        return new UnitSetting(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
