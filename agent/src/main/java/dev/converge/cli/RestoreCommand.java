package dev.converge.cli;

import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.facts.Facts;
import dev.converge.model.Catalog;
import dev.converge.output.JsonReport;
import dev.converge.output.TextReport;
import dev.converge.output.Verbosity;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.restore.Restoration;
import dev.converge.schema.JsonText;
import dev.converge.session.Session;
import dev.converge.session.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code converge restore}: brings back a path as it was, or takes back all that a run has changed. */
final class RestoreCommand implements Main.Command {
    private static final int FAILED = 4;

    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;
    private final Phases phases;
    private final boolean dryRun;
    private final boolean json;

    RestoreCommand(Arguments arguments, Terminal terminal, long began) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
        this.phases = new Phases(began, arguments.has(Option.VERBOSE));
        this.dryRun = arguments.has(Option.DRY_RUN);
        this.json = arguments.choice(Option.OUTPUT).equals("json");
    }

    @Override
    public int run() throws IOException, InterruptedException {
        try {
            return restore();
        } catch (Failure e) {
            if (!json) {
                throw e;
            }
            JsonText.write(JsonReport.refused(e.diagnostics(), dryRun, 1), terminal.out());
            return 1;
        }
    }

    private int restore() throws IOException, InterruptedException {
        Waiting waiting = new Waiting(arguments, terminal);
        Restorable restorable = new Restorable(arguments, bench);
        if (restorable.isToBeListed()) {
            if (json) {
                JsonText.write(restorable.json(), terminal.out());
            } else {
                terminal.print(restorable.text());
            }
            return 0;
        }
        Restoration wanted = restorable.wanted();
        Run run = Run.begin(new Facts(bench.liveFacts()).getFqdn());
        Checked<Session> session = waiting.open(settings(), run);
        if (!session.isOk()) {
            throw new Failure(session.diagnostics());
        }
        try (Session open = session.value().orElseThrow()) {
            new Interruption(open, bench.commands(), terminal).listen();
            // A run that has ended just now may have changed what was to be brought back.
            return restore(open, dryRun ? wanted : restorable.wanted());
        }
    }

    /** One at a time, so that the last change is the first to be taken back. */
    private Settings settings() {
        return new Settings(
                        bench.types(),
                        Workbench.ROOT,
                        bench.commands(),
                        bench.state(),
                        dryRun ? RunKind.DRY_RUN : RunKind.LIVE,
                        new RunOptions(1, Set.of(), false),
                        arguments.line())
                .taughtBy(bench.taughtBy());
    }

    private int restore(Session session, Restoration wanted) {
        Catalog catalog = wanted.catalog();
        List<Diagnostic> messages = new ArrayList<>(wanted.problems());
        messages.addAll(wanted.lost());
        if (json) {
            Report walked = session.converge(catalog, wanted.guard(), RunListener.silent());
            Report report =
                    session.keep(catalog, session.signed(phases.complete(walked).with(messages)));
            int exit = exit(report, wanted);
            JsonText.write(new JsonReport(bench.types(), catalog.secrets()).of(report, exit), terminal.out());
            return exit;
        }
        TextReport.Look look = new TextReport.Look(terminal.outStyle(), verbosity());
        TextReport text = new TextReport(catalog, bench.types(), file -> Optional.empty(), look, terminal::print);
        Report walked = session.converge(catalog, wanted.guard(), text);
        Report report = session.keep(catalog, phases.complete(walked).with(messages));
        if (!report.messages().isEmpty()) {
            boolean color = terminal.errStyle().color();
            terminal.complain(new DiagnosticPrinter(file -> Optional.empty(), color).print(report.messages()));
        }
        text.finish(phases.reported(report));
        return exit(report, wanted);
    }

    /** What cannot be brought back although it was asked for is a failure; what nothing takes back is not. */
    private int exit(Report report, Restoration wanted) {
        int exit = report.exitStatus(arguments.has(Option.DETAILED_EXITCODE));
        return wanted.problems().isEmpty() ? exit : exit | FAILED;
    }

    private Verbosity verbosity() {
        if (arguments.has(Option.QUIET)) {
            return Verbosity.QUIET;
        }
        return arguments.has(Option.VERBOSE) ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }
}
