package dev.converge.output;

import dev.converge.diagnostic.Letters;
import dev.converge.model.Redactor;
import dev.converge.report.CommandRun;
import java.util.List;

/** Programs that a run has run, as people and programs may see them. */
final class CommandText {
    private static final int LONGEST = 1_000;

    private CommandText() {}

    /** The command line, secrets masked; cut where a script is in it. */
    static String shown(CommandRun run, Redactor redactor) {
        String line = Letters.visible(redactor.redact(run.command()));
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** A line for each. */
    static void lines(List<CommandRun> commands, Redactor redactor, Style style, StringBuilder out) {
        for (CommandRun run : commands) {
            String end = run.timedOut() ? "out of time" : "exit " + run.exit();
            String line = "$ " + Letters.oneLine(shown(run, redactor)) + "   " + end + ", " + Figures.time(run.took());
            out.append("    ").append(style.dim(line)).append('\n');
        }
    }
}
