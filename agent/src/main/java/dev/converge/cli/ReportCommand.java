package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.output.JUnitReport;
import dev.converge.output.RunList;
import dev.converge.report.KilledRun;
import dev.converge.report.Report;
import dev.converge.report.RunSummary;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.KeptReports;
import dev.converge.state.StateCheck;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code converge report}: tells of runs that are over, in the words that they were told in. */
final class ReportCommand implements Main.Command {
    private static final String LAST = "last";
    private static final String LIST = "list";
    private static final String SHOW = "show";

    private final Arguments arguments;
    private final Terminal terminal;
    private final StateDirectory state;
    private final KeptReports kept;
    private final String form;

    ReportCommand(Arguments arguments, Terminal terminal) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.state = new Workbench(arguments, terminal).state();
        this.kept = new KeptReports(state);
        this.form = arguments.choice(Option.FORM);
    }

    @Override
    public int run() throws IOException {
        List<Diagnostic> errors = StateCheck.unreadable(state);
        if (!errors.isEmpty()) {
            throw new Failure(errors);
        }
        String action = arguments.operands().get(0);
        Optional<String> run = arguments.operand(1);
        if (run.isPresent() && !action.equals(SHOW)) {
            throw Failure.usage(
                    "Too much", "\"report " + action + "\" takes no run.", "Write: converge report show " + run.get());
        }
        return switch (action) {
            case LIST -> list();
            case LAST -> last();
            case SHOW -> show(run.orElseThrow(ReportCommand::whichRun));
            default ->
                throw Failure.usage(
                        "Unknown action",
                        "\"report\" knows no \"" + action + "\".",
                        Suggestions.didYouMean(action, List.of(LIST, SHOW, LAST))
                                .orElse("Write: converge report list, show or last."));
        };
    }

    private static Failure whichRun() {
        return Failure.usage("Which run?", "\"report show\" needs a run.", "converge report list names them.");
    }

    private int list() throws IOException {
        if (form.equals("junit")) {
            throw Failure.usage("Bad option", "A list has no form for tests.", "Show one run: converge report last.");
        }
        if (form.equals("json")) {
            JsonText.write(KeptRuns.of(kept).json(), terminal.out());
        } else {
            terminal.print(KeptRuns.of(kept).text(terminal.outStyle()));
        }
        return 0;
    }

    private int last() throws IOException {
        Optional<RunSummary> last = kept.last();
        Map<String, Path> reports = kept.all();
        Map<String, KilledRun> killed = kept.killed();
        Stream<String> ended = last.map(run -> Stream.of(run.run().id()))
                .orElseGet(() -> reports.keySet().stream().limit(1));
        String id = Stream.concat(ended, killed.keySet().stream().limit(1))
                .max(Comparator.naturalOrder())
                .orElseThrow(ReportCommand::none);
        if (reports.containsKey(id)) {
            return show(reports.get(id));
        }
        return killed.containsKey(id) ? show(killed.get(id)) : inSync(last.orElseThrow());
    }

    private static Failure none() {
        return new Failure(Diagnostic.error(Code.STATE, "No report", "No run has been kept on this host.")
                .suggest("Converge something first, or name the folder of its state with --state-dir."));
    }

    private int inSync(RunSummary last) throws IOException {
        switch (form) {
            case "json" -> terminal.print(kept.lastText().orElseThrow());
            case "junit" ->
                throw new Failure(Diagnostic.error(
                                Code.STATE, "No report", "In the last run all was in sync: only its numbers are kept.")
                        .suggest("Let the run itself tell: converge --output junit."));
            default -> terminal.print(RunList.inSync(last, terminal.outStyle()));
        }
        return 0;
    }

    private int show(String run) throws IOException {
        if (run.equals(LAST)) {
            return last();
        }
        Map<String, Path> reports = kept.all();
        Map<String, KilledRun> killed = kept.killed();
        List<String> meant = Stream.concat(reports.keySet().stream(), killed.keySet().stream())
                .filter(id -> id.startsWith(run))
                .toList();
        if (meant.size() > 1 && !meant.contains(run)) {
            throw ambiguous(run, meant);
        }
        if (meant.isEmpty()) {
            throw unknown(run);
        }
        String id = meant.contains(run) ? run : meant.get(0);
        return reports.containsKey(id) ? show(reports.get(id)) : show(killed.get(id));
    }

    private int show(KilledRun run) throws IOException {
        switch (form) {
            case "json" -> JsonText.write(RunList.json(run), terminal.out());
            case "junit" ->
                throw new Failure(Diagnostic.error(
                                Code.STATE, "No report", "The run " + run.id() + " was killed: it has no report.")
                        .suggest("converge report show " + run.id() + " tells what is known of it."));
            default -> terminal.print(RunList.killed(run, terminal.outStyle()));
        }
        return 0;
    }

    private static Failure unknown(String run) {
        return new Failure(Diagnostic.error(
                        Code.STATE,
                        "No such report",
                        "No report of a run \"" + run
                                + "\" is kept: it was never made, all was in sync, or it is too old.")
                .suggest("converge report list names those that are."));
    }

    private static Failure ambiguous(String run, List<String> meant) {
        return new Failure(Diagnostic.error(
                        Code.STATE, "More than one report", "\"" + run + "\" can be: " + String.join(", ", meant) + ".")
                .suggest("Write more of its id."));
    }

    private int show(Path file) throws IOException {
        if (form.equals("json")) {
            terminal.out().write(Files.readAllBytes(file));
            return 0;
        }
        Report report = KeptRuns.read(file).orElseThrow(() -> unreadable(file));
        TypeRegistry types = TypeRegistry.of(ReportCommand.class.getClassLoader());
        if (form.equals("junit")) {
            terminal.print(new JUnitReport(types, List.of()).of(report));
        } else {
            new ToldReport(report, types).tell(terminal, arguments.has(Option.VERBOSE));
        }
        return 0;
    }

    private static Failure unreadable(Path file) {
        return new Failure(Diagnostic.error(
                        Code.STATE, "Unreadable report", file + " is damaged, or of another version of Converge.")
                .suggest("--output json prints it as it is."));
    }
}
