package dev.converge.timezone;

import dev.converge.diagnostic.Suggestions;
import dev.converge.model.InvalidValueException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** A time zone by its name in the IANA database, such as {@code Europe/Berlin}. */
public record Zone(String text) {
    private static final Path DATABASE = Path.of("/usr/share/zoneinfo");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*");

    /** @throws InvalidValueException when no zone can be called so; whether the host has it is found out there */
    public static Zone parse(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not the name of a time zone.",
                    "Write it as 'timedatectl list-timezones' does, such as 'Europe/Berlin' or 'Etc/UTC'.");
        }
        return new Zone(text);
    }

    /** The folder of all zones' files. */
    static Path database() {
        return DATABASE;
    }

    /** The zone's rules; see tzfile(5). */
    Path file() {
        return DATABASE.resolve(text);
    }

    Optional<String> nearest() {
        return Suggestions.didYouMean(text, ZoneId.getAvailableZoneIds());
    }

    @Override
    public String toString() {
        return text;
    }
}
