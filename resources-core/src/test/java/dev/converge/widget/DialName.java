package dev.converge.widget;

import dev.converge.model.InvalidValueException;

/** Where a dial is: on which panel, under which label. */
public record DialName(String panel, String label) {
    public static DialName parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException("\"" + text + "\" says no label.", "Write the panel, then the label.");
        }
        return new DialName(text.substring(0, colon).strip(), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return panel + ":" + label;
    }
}
