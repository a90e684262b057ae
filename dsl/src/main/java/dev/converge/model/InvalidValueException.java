package dev.converge.model;

import java.util.Optional;

/** A value from a manifest that its type refuses; becomes a diagnostic at the attribute's place. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String advice;

    /** @param message a whole sentence that says what is wrong with the value */
    public InvalidValueException(String message) {
        this(message, "");
    }

    /**
     * @param message a whole sentence that says what is wrong with the value
     * @param advice a whole sentence that says what to write instead
     */
    public InvalidValueException(String message, String advice) {
        super(message);
        this.advice = advice;
    }

    /** Refuses what is wrong, for the constructors of records. */
    public static void when(boolean wrong, String message, String advice) {
        if (wrong) {
            throw new InvalidValueException(message, advice);
        }
    }

    public Optional<String> advice() {
        return advice.isEmpty() ? Optional.empty() : Optional.of(advice);
    }
}
