package dev.converge.git;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;

/**
 * What is checked out.
 *
 * @param shown for reports
 * @param met whether that is what the repository has for the revision
 */
record CheckedOut(String shown, boolean met) implements Wish<CheckedOut> {
    /** @throws InvalidValueException always: it follows from other attributes */
    public static CheckedOut parse(String text) {
        throw new InvalidValueException("\"commit\" is not given; it follows from \"revision\".", "Give revision.");
    }

    @Override
    public boolean satisfiedBy(CheckedOut observed) {
        return observed.met;
    }

    /** A branch goes on, and a tag may be set anew; a commit stays what it is. */
    @Override
    public boolean movesByItself() {
        return !shown.matches("[0-9a-f]{40,64}");
    }

    @Override
    public String toString() {
        return shown;
    }
}
