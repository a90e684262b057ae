package dev.converge.tidy;

import dev.converge.model.InvalidValueException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How large a file is: bytes, or {@code K}, {@code M}, {@code G} or {@code T} of 1024 each. */
public record FileSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,6}) ?([KMGT]?)");
    private static final String UNITS = " KMGT";
    private static final int STEP = 10;

    /** @throws InvalidValueException when it is not a number with a unit */
    public static FileSize parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException("\"" + text + "\" is not a size.", "Write one such as '500K' or '10M'.");
        }
        int unit = parts.group(2).isEmpty() ? 0 : UNITS.indexOf(parts.group(2));
        return new FileSize(Long.parseLong(parts.group(1)) << (STEP * unit));
    }

    /** For people: {@code 512 bytes}, {@code 4.5 MiB}. */
    String shown() {
        int unit = 0;
        double size = bytes;
        while (size >= 1 << STEP && unit < UNITS.length() - 1) {
            size /= 1 << STEP;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %siB", size, UNITS.charAt(unit));
    }

    @Override
    public String toString() {
        int unit = 0;
        long size = bytes;
        while (size > 0 && size % (1 << STEP) == 0 && unit < UNITS.length() - 1) {
            size >>= STEP;
            unit++;
        }
        return size + UNITS.substring(unit, unit + 1).strip();
    }
}
