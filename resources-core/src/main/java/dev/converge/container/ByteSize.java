package dev.converge.container;

import dev.converge.model.InvalidValueException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of memory: {@code 512m}, {@code 2g}, {@code 1GiB}, or bytes. The units are powers of 1024, as engines have
 * them.
 */
public record ByteSize(long bytes) {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})(b|k|m|g|t)?(?:i?b)?");
    private static final String UNITS = "bkmgt";

    /** @throws InvalidValueException when it is no amount */
    public static ByteSize parse(String text) {
        Matcher parts = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        try {
            if (parts.matches()) {
                int power = parts.group(2) == null ? 0 : UNITS.indexOf(parts.group(2));
                return new ByteSize(Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << (10 * power)));
            }
        } catch (ArithmeticException e) {
            throw new InvalidValueException("\"" + text + "\" is more than any host has.");
        }
        throw new InvalidValueException("\"" + text + "\" is no amount of memory.", "Write it as '512m' or '2g'.");
    }

    /** With the largest unit that says it exactly. */
    @Override
    public String toString() {
        long left = bytes;
        int power = 0;
        while (left > 0 && left % 1024 == 0 && power < UNITS.length() - 1) {
            left /= 1024;
            power++;
        }
        return power == 0 ? String.valueOf(left) : left + UNITS.substring(power, power + 1);
    }
}
