package dev.converge.exec;

import dev.converge.model.Durations;
import dev.converge.model.Redactor;
import dev.converge.model.Text;
import dev.converge.provider.CommandResult;
import dev.converge.provider.ResourceFailure;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Why a command failed, with the end of what it said; secrets are masked before anything is cut off. */
final class ExecFailure {
    private static final int LINES = 10;
    private static final int CHARACTERS = 4_000;

    private ExecFailure() {}

    /** @param took how long its last try took: less than its own limit when the run's or the turn's ended it */
    static ResourceFailure of(ExecResource exec, CommandResult result, Duration took) {
        Redactor redactor = Redactor.of(ExecCommands.secrets(exec));
        String command = "The command " + quoted(redactor.redact(ExecCommands.shown(exec)));
        String tries = exec.tries() > 1 ? " in all of its " + exec.tries() + " tries" : "";
        String said = exec.sensitive() ? " Its output is sensitive and not shown." : said(result, redactor);
        if (result.timedOut() && took.compareTo(exec.timeout()) < 0) {
            return new ResourceFailure(command + " was ended." + said);
        }
        if (result.timedOut()) {
            return new ResourceFailure(
                    command + " did not end within " + Durations.format(exec.timeout()) + tries + "." + said,
                    "Raise timeout if it needs longer; it was stopped with everything that it started.");
        }
        return new ResourceFailure(
                command + " ended with exit status " + result.exit() + tries + "; " + expected(exec.returns())
                        + " means success." + said,
                advice(result.exit()));
    }

    static ResourceFailure ofGuard(ExecResource exec, Text guard) {
        return new ResourceFailure(
                "The guard " + quoted(guard.toString()) + " did not end within " + Durations.format(exec.timeout())
                        + ".",
                "Write a guard that only looks and ends soon.");
    }

    private static String expected(List<Integer> statuses) {
        return statuses.stream().map(String::valueOf).collect(Collectors.joining(" or "));
    }

    private static String advice(int exit) {
        return switch (exit) {
            case 126 -> "A program in it cannot be executed: look at its mode and its first line.";
            case 127 -> "A program in it was not found: install it, or add its folder to path.";
            default -> "Correct the command, or list the exit status in returns if it means success.";
        };
    }

    private static String said(CommandResult result, Redactor redactor) {
        String lines = new CommandResult(
                        result.exit(),
                        redactor.redact(result.output()),
                        redactor.redact(result.errors()),
                        result.timedOut())
                .lastLines(LINES);
        if (lines.isBlank()) {
            return " It said nothing.";
        }
        String end = lines.length() > CHARACTERS ? "…" + lines.substring(lines.length() - CHARACTERS) : lines;
        return " It said:\n" + end;
    }

    /** The first line of a script is enough to know it by. */
    private static String quoted(String command) {
        List<String> lines = command.strip().lines().toList();
        return "\"" + (lines.size() > 1 ? lines.get(0) + " …" : String.join("", lines)) + "\"";
    }
}
