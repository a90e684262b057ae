package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression that is looked for anywhere in a line, in the syntax of {@link Pattern}. */
public final class Regex {
    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws InvalidValueException when it is none */
    public static Regex parse(String text) {
        try {
            return new Regex(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a regular expression: " + e.getDescription() + ".",
                    "Put a backslash before each of ()[]{}.*+?^$| that stands for itself.");
        }
    }

    boolean isIn(String line) {
        return pattern.matcher(line).find();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Regex regex && regex.toString().equals(toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
