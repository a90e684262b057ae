package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import java.nio.file.Path;

/** What a job is called; part of the name of its file, which cron ignores when there is a dot in it (cron(8)). */
public record CronName(String text) {
    static final Path FOLDER = Path.of("/etc/cron.d");

    /** Keeps our files apart from those that packages bring. */
    static final String PREFIX = "converge-";

    private static final int LONGEST = 200;

    /** @throws InvalidValueException when cron would ignore a file of that name */
    public static CronName parse(String text) {
        if (!text.matches("[A-Za-z0-9_-]+") || text.length() > LONGEST) {
            throw new InvalidValueException(
                    "No job of cron can be called \"" + text + "\": cron ignores files with such names.",
                    "Write letters, digits, - and _, such as 'backup'.");
        }
        return new CronName(text);
    }

    /** Where the job is kept, as the host sees it. */
    Path file() {
        return FOLDER.resolve(PREFIX + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
