package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import dev.converge.provider.ResourceFailure;
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

    /** @throws ResourceFailure when it takes too long, or too much memory, to be told */
    public boolean isIn(String line) {
        try {
            return pattern.matcher(new BoundedText(line)).find();
        } catch (BoundedText.Exhausted | StackOverflowError e) {
            throw new ResourceFailure(
                    "Whether \"" + pattern + "\" matches a line of " + line.length()
                            + " letters cannot be told: it tries" + " too many ways.",
                    "Let nothing repeat that repeats itself: '^a+$', not '^(a+)+$'; and '[ab]*', not '(a|b)*'.");
        }
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
