package dev.converge.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as manifests write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 2h}, {@code 7d}, {@code 1h 30m}. */
public final class Durations {
    /** Far more than anything waits, and few enough nanoseconds for a {@code long}. */
    private static final Duration LONGEST = Duration.ofDays(100 * 365);

    private static final Pattern PART = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)\\s*");

    private Durations() {}

    /** @throws InvalidValueException when a part has no unit or is not a number, or when it is all too long */
    public static Duration parse(String text) {
        Matcher matcher = PART.matcher(text.trim());
        Duration sum = Duration.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            long count = Long.parseLong(matcher.group(1));
            sum = sum.plus(
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
            end = matcher.end();
        }
        if (end == 0 || end != text.trim().length()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a duration.",
                    "Write a number and its unit: ms, s, m, h or d, such as '30s'.");
        }
        InvalidValueException.when(
                sum.compareTo(LONGEST) > 0,
                "\"" + text + "\" is longer than a hundred years.",
                "Write at most " + LONGEST.toDays() + "d.");
        return sum;
    }

    /** The shortest text that {@link #parse} reads back, such as {@code 1h 30m}. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        StringBuilder out = new StringBuilder();
        append(out, duration.toDaysPart(), "d");
        append(out, duration.toHoursPart(), "h");
        append(out, duration.toMinutesPart(), "m");
        append(out, duration.toSecondsPart(), "s");
        append(out, duration.toMillisPart(), "ms");
        return out.toString();
    }

    private static void append(StringBuilder out, long count, String unit) {
        if (count != 0) {
            out.append(out.isEmpty() ? "" : " ").append(count).append(unit);
        }
    }
}
