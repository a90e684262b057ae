package dev.converge.accounts;

import dev.converge.model.InvalidValueException;

/** What a user database says about a person: one line without a colon, in UTF-8. */
public record Gecos(String text) {
    /** @throws InvalidValueException when passwd(5) cannot hold the text */
    public static Gecos parse(String text) {
        if (text.indexOf(':') >= 0 || text.indexOf('\n') >= 0) {
            throw new InvalidValueException(
                    "A user's comment is one line without a colon: /etc/passwd separates its fields by colons.",
                    "Leave the colon out.");
        }
        return new Gecos(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
