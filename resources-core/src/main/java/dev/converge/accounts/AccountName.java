package dev.converge.accounts;

import dev.converge.model.InvalidValueException;

/**
 * The name of a user or group, as the account databases can hold it: no colon, comma, slash or white space, no digit
 * alone, no {@code -}, {@code +} or {@code ~} in front, at most 32 bytes (useradd(8)).
 */
public record AccountName(String text) {
    private static final int LONGEST = 32;
    private static final String FORBIDDEN = ":,/\\ \t\n\r\0";

    /** @throws InvalidValueException when no account can be called so */
    public static AccountName parse(String text) {
        if (text.isEmpty()) {
            throw new InvalidValueException("A name of an account cannot be empty.");
        }
        if (text.length() > LONGEST) {
            throw new InvalidValueException(
                    "The name \"" + text + "\" is too long.",
                    "Names of accounts have at most " + LONGEST + " letters.");
        }
        if ("-+~".indexOf(text.charAt(0)) >= 0) {
            throw new InvalidValueException("The name \"" + text + "\" cannot start with " + text.charAt(0) + ".");
        }
        if (text.chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
            throw new InvalidValueException(
                    "The name \"" + text + "\" has a character that no account's name can have.");
        }
        if (text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidValueException(
                    "The name \"" + text + "\" is a number.", "Give the name, and the number as uid or gid.");
        }
        return new AccountName(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
