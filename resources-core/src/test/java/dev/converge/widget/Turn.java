package dev.converge.widget;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Sensitive;
import dev.converge.model.Text;
import dev.converge.schema.Word;

/** Something that is done with a dial, one after the other. */
public record Turn(String how, Text to) implements Sensitive {
    /** Turns it to the left until it stands at a mark. */
    @Word
    public static Turn left(Text mark) {
        return new Turn("left", mark);
    }

    /** Turns it to the right, some marks at a time. */
    @Word
    public static Turn right(int marks) {
        if (marks < 1) {
            throw new InvalidValueException("It cannot be turned by " + marks + " marks.", "Turn it left.");
        }
        return new Turn("right", Text.of(String.valueOf(marks)));
    }

    /** Turns it to the right by so many marks, several times. */
    @Word
    public static Turn right(int marks, int times) {
        return right(marks * times);
    }

    /** Puts it at a mark under another name. */
    @Word
    public static Turn set(String name, DialName mark) {
        return new Turn("set " + name, Text.of(mark.toString()));
    }

    public static Turn parse(String text) {
        String[] parts = text.split(" to ", 2);
        if (parts.length < 2) {
            throw new InvalidValueException("\"" + text + "\" does not say where to.");
        }
        return new Turn(parts[0], Text.of(parts[1]));
    }

    @Override
    public boolean isSensitive() {
        return to.isSensitive();
    }

    @Override
    public String toString() {
        return how + " to " + to;
    }
}
