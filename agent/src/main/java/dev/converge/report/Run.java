package dev.converge.report;

import dev.converge.process.ThisProcess;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What identifies a run, in its report and beside everything that it keeps.
 *
 * @param id unique on the host, sorts by time, and is fit for a file's name: {@code 20260131T235959.042Z-4711}
 * @param host the name of the host that is converged
 * @param started when the run began
 */
public record Run(String id, String host, Instant started) {
    /** What an id looks like: every {@code 0} is any digit, and more may follow. */
    private static final String SHAPE = "00000000T000000.000Z-0";

    private static final int STAMP = SHAPE.indexOf('-');
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** A run that begins now in this process. */
    public static Run begin(String host) {
        return begin(host, Instant.now(), ThisProcess.pid());
    }

    static Run begin(String host, Instant now, long pid) {
        return new Run(stamp(LocalDateTime.ofInstant(now, ZoneOffset.UTC)) + "-" + pid, host, now);
    }

    /**
     * The same run under an id that sorts after another run's: the clock may have been put back since. Only the id is
     * moved on; {@link #started} stays what the clock says.
     *
     * @param latest the id of an earlier run; one that is none changes nothing
     */
    public Run after(String latest) {
        if (!isId(latest) || id.substring(0, STAMP).compareTo(latest.substring(0, STAMP)) > 0) {
            return this;
        }
        LocalDateTime next = time(latest).plusNanos(NANOS_PER_MILLI);
        return new Run(stamp(next) + id.substring(STAMP), host, started);
    }

    /** Whether a text has the form of an id. */
    public static boolean isId(String text) {
        if (text.length() < STAMP + 2) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char form = i < SHAPE.length() ? SHAPE.charAt(i) : '0';
            char letter = text.charAt(i);
            boolean fits = form == '0' ? letter >= '0' && letter <= '9' : letter == form;
            if (!fits) {
                return false;
            }
        }
        return isTime(text);
    }

    /** When a run began, by its id; later than the clock said where that was put back before. */
    public static Optional<Instant> timeOf(String id) {
        return isId(id) ? Optional.of(time(id).toInstant(ZoneOffset.UTC)) : Optional.empty();
    }

    private static boolean isTime(String id) {
        try {
            time(id);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static LocalDateTime time(String id) {
        return LocalDateTime.of(
                number(id, 0, 4),
                number(id, 4, 6),
                number(id, 6, 8),
                number(id, 9, 11),
                number(id, 11, 13),
                number(id, 13, 15),
                number(id, 16, 19) * NANOS_PER_MILLI);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static String stamp(LocalDateTime time) {
        StringBuilder out = new StringBuilder(STAMP);
        digits(out, time.getYear(), 4);
        digits(out, time.getMonthValue(), 2);
        digits(out, time.getDayOfMonth(), 2);
        out.append('T');
        digits(out, time.getHour(), 2);
        digits(out, time.getMinute(), 2);
        digits(out, time.getSecond(), 2);
        out.append('.');
        digits(out, time.getNano() / NANOS_PER_MILLI, 3);
        return out.append('Z').toString();
    }

    /** Not a formatter: loading the classes of one costs a short run more than all else here. */
    private static void digits(StringBuilder out, int number, int width) {
        String text = Integer.toString(number);
        for (int i = text.length(); i < width; i++) {
            out.append('0');
        }
        out.append(text);
    }
}
