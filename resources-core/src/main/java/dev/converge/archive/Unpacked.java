package dev.converge.archive;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;

/**
 * Which archive a folder holds.
 *
 * @param shown for reports
 * @param met whether it is the one that was declared, unpacked as declared
 */
record Unpacked(String shown, boolean met) implements Wish<Unpacked> {
    /** @throws InvalidValueException always: it follows from other attributes */
    public static Unpacked parse(String text) {
        throw new InvalidValueException("\"contents\" is not given; it follows from \"source\" and \"checksum\".");
    }

    @Override
    public boolean satisfiedBy(Unpacked observed) {
        return observed.met;
    }

    @Override
    public String toString() {
        return shown;
    }
}
