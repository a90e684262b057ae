package dev.converge.accounts;

import dev.converge.model.InvalidValueException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The day from which an account cannot be used any more.
 *
 * @param date empty: never
 */
public record AccountExpiry(Optional<LocalDate> date) {
    static final AccountExpiry NEVER = new AccountExpiry(Optional.empty());

    /** @throws InvalidValueException unless it is a date such as {@code 2030-12-31}, or {@code never} */
    public static AccountExpiry parse(String text) {
        if (text.equals("never")) {
            return NEVER;
        }
        try {
            return new AccountExpiry(Optional.of(LocalDate.parse(text)));
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a date.", "Write a date such as '2030-12-31', or 'never'.");
        }
    }

    /** From the field of shadow(5): days since 1970-01-01, empty for never. */
    static AccountExpiry ofDays(String field) {
        try {
            return field.isEmpty()
                    ? NEVER
                    : new AccountExpiry(Optional.of(LocalDate.ofEpochDay(Long.parseLong(field))));
        } catch (NumberFormatException | DateTimeException e) {
            return NEVER;
        }
    }

    /** For {@code --expiredate}, as days since 1970-01-01: a date would be read in the host's time zone. */
    String asArgument() {
        return date.map(day -> Long.toString(day.toEpochDay())).orElse("");
    }

    @Override
    public String toString() {
        return date.map(LocalDate::toString).orElse("never");
    }
}
