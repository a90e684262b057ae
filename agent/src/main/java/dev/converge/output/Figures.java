package dev.converge.output;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sizes and times as people read them. */
public final class Figures {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Figures() {}

    /** {@code 812 B}, {@code 1.2 KiB}, {@code 3 MiB}. */
    static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return decimal(value) + " " + UNITS[unit];
    }

    /** {@code 42 ms}, {@code 1.2 s}, {@code 3 min 5 s}. */
    public static String time(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis < 60_000) {
            return decimal(millis / 1000.0) + " s";
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }

    /** {@code Sat 2026-01-31 02:00 +01:00}. */
    static String moment(ZonedDateTime moment) {
        return DateTimeFormatter.ofPattern("EEE yyyy-MM-dd HH:mm xxx", Locale.ENGLISH)
                .format(moment);
    }

    /** Seconds with milliseconds, for programs. */
    public static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** One decimal, unless it is zero: arithmetic, since loading a formatter costs a short run several milliseconds. */
    private static String decimal(double value) {
        long tenths = Math.round(value * 10);
        String whole = Long.toString(tenths / 10);
        return tenths % 10 == 0 ? whole : whole + "." + tenths % 10;
    }

    /** {@code 1 line}, {@code 12 lines}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
