package dev.converge.cron;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Text;
import java.util.Map;

/** What an author may give, so that cron reads the same from the file. */
final class CronChecks {
    /** Longer lines are cut or refused by some crons ({@code MAX_COMMAND}, {@code MAX_ENVSTR}). */
    private static final int LONGEST = 990;

    private CronChecks() {}

    /** @throws InvalidValueException when cron would read something else */
    static void check(Text command, String user, Map<String, Text> environment) {
        requireLine("command", command.reveal());
        if (!command.reveal().equals(command.reveal().strip())) {
            throw new InvalidValueException("The command has spaces around it.", "Leave them out.");
        }
        if (command.reveal().contains("\\%")) {
            throw new InvalidValueException(
                    "The command escapes a % with a backslash.", "Write % alone: it is escaped for cron.");
        }
        if (!user.matches("[^\\s:#=]+") || user.matches("[0-9]+")) {
            throw new InvalidValueException("No user can be called \"" + user + "\".", "Give the user's name.");
        }
        environment.forEach((variable, value) -> {
            if (!variable.matches("[A-Za-z_][A-Za-z0-9_]*")) {
                throw new InvalidValueException(
                        "No variable can be called \"" + variable + "\".", "Write letters, digits and _.");
            }
            requireLine(variable, value.reveal());
            CronText.requireWritable(variable, value.reveal());
        });
    }

    private static void requireLine(String what, String text) {
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == '\0')) {
            throw new InvalidValueException("\"" + what + "\" is not one line.", "Put the commands into a script.");
        }
        if (text.length() > LONGEST) {
            throw new InvalidValueException(
                    "\"" + what + "\" is longer than some crons read.", "Put the commands into a script.");
        }
    }
}
