package dev.converge.command;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.model.Wish;
import java.util.Optional;

/**
 * How a thing is, as far as its commands tell.
 *
 * @param shown for reports, secrets masked
 * @param met whether it is as it shall be
 */
record State(String shown, boolean met) implements Wish<State> {
    static final State HIDDEN = new State(Secret.MASK, true);

    private static final int LONGEST = 400;

    /** @throws InvalidValueException always: it follows from other attributes */
    public static State parse(String text) {
        throw new InvalidValueException("\"state\" is not given; it is what \"get\" or \"test\" finds.");
    }

    static State wanted(Optional<Text> expect, Optional<Text> expectLine) {
        String shown = expect.map(Text::toString)
                .or(() -> expectLine.map(line -> "with the line " + line))
                .orElse("as its test wants");
        return new State(shown, true);
    }

    static State observed(String shown, boolean met) {
        return new State(shown.length() > LONGEST ? shown.substring(0, LONGEST) + "…" : shown, met);
    }

    @Override
    public boolean satisfiedBy(State observed) {
        return observed.met;
    }

    @Override
    public String toString() {
        return shown;
    }
}
