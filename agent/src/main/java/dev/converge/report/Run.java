package dev.converge.report;

import dev.converge.process.ThisProcess;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * What identifies a run, in its report and beside everything that it keeps.
 *
 * @param id unique on the host, sorts by time, and is fit for a file's name: {@code 20260131T235959.042Z-4711}
 * @param host the name of the host that is converged
 * @param started when the run began
 */
public record Run(String id, String host, Instant started) {

    /** A run that begins now in this process. */
    public static Run begin(String host) {
        return begin(host, Instant.now(), ThisProcess.pid());
    }

    static Run begin(String host, Instant now, long pid) {
        LocalDateTime time = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
        StringBuilder id = new StringBuilder(28);
        digits(id, time.getYear(), 4);
        digits(id, time.getMonthValue(), 2);
        digits(id, time.getDayOfMonth(), 2);
        id.append('T');
        digits(id, time.getHour(), 2);
        digits(id, time.getMinute(), 2);
        digits(id, time.getSecond(), 2);
        id.append('.');
        digits(id, time.getNano() / 1_000_000, 3);
        return new Run(id.append("Z-").append(pid).toString(), host, now);
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
