package dev.converge.service;

import dev.converge.model.InvalidValueException;
import java.util.Map;

/** Writes a unit file; see systemd.syntax(7). */
final class UnitText {
    private final StringBuilder text = new StringBuilder();

    /** A section, where it has settings. */
    UnitText section(String name, Map<String, UnitSetting> settings) {
        if (settings.isEmpty()) {
            return this;
        }
        text.append(text.isEmpty() ? "" : "\n").append('[').append(name).append("]\n");
        settings.forEach((key, value) -> {
            if (!key.matches("[A-Za-z0-9-]+")) {
                throw new InvalidValueException(
                        "\"" + key + "\" is not the name of a setting of a unit.",
                        "Write it as systemd does: ExecStart.");
            }
            // An empty value takes back what was set before, as a drop-in does with the unit's own.
            String lines = value.text().isEmpty() ? "\n" : value.text();
            lines.lines()
                    .forEach(line -> text.append(key).append('=').append(line).append('\n'));
        });
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
