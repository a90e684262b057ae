package dev.converge.provider;

import java.util.Arrays;

/**
 * How a program ended.
 *
 * @param exit exit status; 128 + signal when a signal ended it
 * @param output standard output, the middle left out when it is longer than 1 MiB
 * @param errors standard error, likewise
 * @param timedOut whether it was killed at its time limit
 */
public record CommandResult(int exit, String output, String errors, boolean timedOut) {
    public boolean succeeded() {
        return exit == 0 && !timedOut;
    }

    /** The last lines of what the program said, standard error first; for failure messages. */
    public String lastLines(int count) {
        String said = errors.isBlank() ? output : errors;
        String[] lines = said.strip().split("\\R");
        int from = Math.max(0, lines.length - count);
        return String.join("\n", Arrays.asList(lines).subList(from, lines.length));
    }
}
