package dev.converge.service;

import dev.converge.model.InvalidValueException;

/**
 * The whole name of a unit, such as {@code backup.service}: by it, the unit's file is declared.
 *
 * @param text with its kind
 */
public record UnitName(String text) {
    /** @throws InvalidValueException when no unit can be called so */
    public static UnitName parse(String text) {
        return new UnitName(ServiceName.parse(text).unit());
    }

    @Override
    public String toString() {
        return text;
    }
}
