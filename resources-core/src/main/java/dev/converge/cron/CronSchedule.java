package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import java.util.Locale;
import java.util.Set;

/**
 * When a job runs, as crontab(5) writes it: five fields, or a word such as {@code @daily}.
 *
 * @param text in lower case, one space between fields
 */
public record CronSchedule(String text) {
    private static final Set<String> WORDS =
            Set.of("@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    /** @throws InvalidValueException when cron would not take it */
    public static CronSchedule parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("[ \t]+", " ");
        if (WORDS.contains(plain)) {
            return new CronSchedule(plain);
        }
        String[] fields = plain.split(" ", -1);
        if (fields.length != CronField.values().length) {
            throw new InvalidValueException(
                    "\"" + text + "\" is no schedule of cron.",
                    "Write minute, hour, day, month and weekday, such as '0 3 * * mon-fri', or a word such as '@daily'.");
        }
        for (CronField field : CronField.values()) {
            field.check(fields[field.ordinal()]);
        }
        return new CronSchedule(plain);
    }

    @Override
    public String toString() {
        return text;
    }
}
