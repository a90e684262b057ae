package dev.converge.file;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;

/**
 * What is below a directory, as a whole: one change with a summary, however many files it is about.
 *
 * @param shown for reports
 * @param differences how many things are not as they shall be
 * @param which digest of their names and how they are, for telling two sets of as many apart; empty where there are none
 */
record Contents(String shown, long differences, String which) implements Wish<Contents> {
    /** @throws InvalidValueException always: contents follow from other attributes */
    public static Contents parse(String text) {
        throw new InvalidValueException(
                "\"contents\" is not given; it follows from \"source\", \"purge\", \"recurse\", \"fileMode\" and \"dirMode\".",
                "Give one of those instead of '" + text + "'.");
    }

    static Contents wanted(String shown) {
        return new Contents(shown, 0, "");
    }

    @Override
    public boolean satisfiedBy(Contents observed) {
        return observed.differences == 0;
    }

    @Override
    public String toString() {
        return shown;
    }
}
