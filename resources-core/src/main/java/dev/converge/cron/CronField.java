package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import java.util.List;
import java.util.Locale;

/** The five fields of a schedule, each with the numbers and names that it takes; see crontab(5). */
enum CronField {
    MINUTE("minute", 0, 59, List.of()),
    HOUR("hour", 0, 23, List.of()),
    DAY("day of the month", 1, 31, List.of()),
    MONTH("month", 1, 12, List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")),
    WEEKDAY("day of the week", 0, 7, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

    private final String shown;
    private final int first;
    private final int last;
    private final List<String> names;

    CronField(String shown, int first, int last, List<String> names) {
        this.shown = shown;
        this.first = first;
        this.last = last;
        this.names = names;
    }

    /** @throws InvalidValueException when the field cannot be that: cron would ignore the whole file */
    void check(String text) {
        for (String part : text.split(",", -1)) {
            int slash = part.indexOf('/');
            String range = slash < 0 ? part : part.substring(0, slash);
            int dash = range.indexOf('-');
            if (dash >= 0) {
                requireOrder(number(range.substring(0, dash), text), number(range.substring(dash + 1), text), text);
            } else if (!range.equals("*")) {
                number(range, text);
            }
            if (slash >= 0) {
                requireStep(part.substring(slash + 1), dash >= 0 || range.equals("*"), text);
            }
        }
    }

    private int number(String word, String whole) {
        int name = names.indexOf(word.toLowerCase(Locale.ROOT));
        if (name >= 0) {
            return first + name;
        }
        int number = word.matches("[0-9]{1,2}") ? Integer.parseInt(word) : -1;
        if (number < first || number > last) {
            throw wrong(
                    whole,
                    "it takes " + first + " to " + last + (names.isEmpty() ? "" : ", or names as " + names.get(0)));
        }
        return number;
    }

    private void requireOrder(int from, int to, String whole) {
        if (from > to) {
            String sunday = this == WEEKDAY ? "; Sunday at the end of a range is 7" : "";
            throw wrong(whole, "a range goes from the smaller to the greater" + sunday);
        }
    }

    private void requireStep(String step, boolean ranged, String whole) {
        if (!ranged || !step.matches("[1-9][0-9]?")) {
            throw wrong(whole, "a step is a number from 1 up, after * or a range, as in */5");
        }
    }

    private InvalidValueException wrong(String text, String why) {
        return new InvalidValueException("\"" + text + "\" is no " + shown + " for cron: " + why + ".");
    }
}
