package dev.converge.session;

import dev.converge.converger.Applier;
import dev.converge.converger.Approval;
import dev.converge.converger.Converger;
import dev.converge.converger.Guard;
import dev.converge.converger.Journal;
import dev.converge.converger.RunListener;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.host.LocalHost;
import dev.converge.memory.Memory;
import dev.converge.memory.SiteIdentity;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.ResourceId;
import dev.converge.output.JsonReport;
import dev.converge.plan.ReviewedPlan;
import dev.converge.process.ThisProcess;
import dev.converge.report.Caller;
import dev.converge.report.IoReason;
import dev.converge.report.Origin;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.schema.JsonText;
import dev.converge.schema.LinkedPaths;
import dev.converge.state.BackupStore;
import dev.converge.state.ReportStore;
import dev.converge.state.RunLock;
import dev.converge.state.StateCheck;
import dev.converge.state.UndoLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One run on a host: holds the lock while it may change something, walks the catalog, and keeps the report. It is for one
 * run; a dry one needs no lock and writes nothing.
 */
public final class Session implements AutoCloseable {
    private final Settings settings;
    private final Run run;
    private final Optional<RunLock> lock;
    private final List<Diagnostic> warnings;
    private final BackupStore backups;
    private final LocalHost host;
    private final UndoLog undo;
    private final Recovery recovery;
    private final Converger converger;
    private Optional<Memory> memory = Optional.empty();

    private Session(Settings settings, Run run, Optional<RunLock> lock, List<Diagnostic> warnings) {
        this.settings = settings;
        this.run = run;
        this.lock = lock;
        this.warnings = List.copyOf(warnings);
        this.backups = new BackupStore(settings.state(), settings.root(), run);
        this.host = new LocalHost(settings.root(), settings.commands(), backups);
        this.undo = new UndoLog(settings.state(), settings.types(), settings.taughtBy(), host, backups, run.id());
        this.recovery = Recovery.begin(settings, run);
        Approval approval = settings.plan().map(ReviewedPlan::approval).orElseGet(Approval::ofAll);
        Applier applier = settings.kind() == RunKind.DRY_RUN
                ? Applier.dryRun()
                : Applier.live(Journal.both(recovery.journal(), undo), approval);
        this.converger = new Converger(settings.types(), host, applier, settings.options());
    }

    /** Begins a run; fails when another one is going on, or the state cannot be used. */
    public static Checked<Session> open(Settings settings, Run run) {
        if (settings.kind() == RunKind.DRY_RUN) {
            return Checked.of(new Session(settings, run, Optional.empty(), StateCheck.warnings(settings.state())));
        }
        return locked(settings, run, RunLock.acquire(settings.state(), run, settings.command()));
    }

    /** The same, and waits for the end of another run. */
    public static Checked<Session> open(Settings settings, Run run, Patience patience) throws InterruptedException {
        if (settings.kind() == RunKind.DRY_RUN) {
            return open(settings, run);
        }
        return locked(
                settings,
                run,
                RunLock.await(settings.state(), run, settings.command(), patience.limit(), patience.waiting()));
    }

    private static Checked<Session> locked(Settings settings, Run run, Checked<RunLock> lock) {
        if (!lock.isOk()) {
            return Checked.failed(lock.diagnostics());
        }
        List<Diagnostic> warnings = new ArrayList<>(lock.diagnostics());
        Run numbered = lock.value().orElseThrow().number(run, warnings);
        return Checked.of(new Session(settings, numbered, lock.value(), warnings));
    }

    /**
     * How the host has moved since the plan was made that the session is held to: looks at all resources before the
     * first is changed, with a host of its own, so that the run itself looks afresh.
     */
    public List<Diagnostic> moves(Catalog catalog) {
        if (settings.plan().isEmpty()) {
            return List.of();
        }
        BackupStore backups = new BackupStore(settings.state(), settings.root(), run);
        LocalHost fresh = new LocalHost(settings.root(), settings.commands(), backups);
        Converger dry = new Converger(settings.types(), fresh, Applier.dryRun(), settings.options());
        memory.ifPresent(dry::remembering);
        Report foreseen = dry.converge(run, catalog, Guard.none(), recovery.debts(catalog), RunListener.silent());
        return settings.plan().get().moves(foreseen, catalog);
    }

    /** Lets the run know what was applied last of a site, and remember what it applies. */
    public void remember(SiteIdentity site) {
        Memory known = new Memory(settings.state(), site, settings.types());
        converger.remembering(known);
        memory = Optional.of(known);
    }

    /** Makes up for what killed runs left, walks the catalog to its end, and tells what came of each resource. */
    public Report converge(Catalog catalog, RunListener listener) {
        Report walked = converge(catalog, Guard.none(), listener);
        Report report = walked.allInSync() ? walked : walked.with(LinkedPaths.of(reached(walked), host));
        return memory.isEmpty() ? report : memory.get().settle(report, catalog);
    }

    /** Those that the host answered for: it may be a file system that hangs that the others failed by. */
    private static List<Declared<?>> reached(Report report) {
        List<Declared<?>> reached = new ArrayList<>(report.resources().size());
        for (ResourceReport resource : report.resources()) {
            boolean missed =
                    resource.outcome() instanceof Outcome.Failed || resource.outcome() instanceof Outcome.Skipped;
            if (!missed) {
                reached.add(resource.declared());
            }
        }
        return reached;
    }

    /** The same, with somebody else's word on what may be changed. */
    public Report converge(Catalog catalog, Guard guard, RunListener listener) {
        List<Diagnostic> told = recovery.clear(catalog);
        if (recovery.isAfterKill()) {
            backups.clear();
        }
        return converger
                .converge(run, catalog, guard, recovery.debts(catalog), listener)
                .with(told);
    }

    /** The resources whose turn has begun and not ended. */
    public List<ResourceId> inHand() {
        return converger.inHand();
    }

    /** Ends the run soon: turns that have begun go on to their end, all others are reported as skipped. */
    public void stop() {
        converger.stop();
    }

    /** The same report with who started the run; looked up only for a report that is kept whole, or for a program. */
    public Report signed(Report report) {
        String version = Optional.ofNullable(Session.class.getPackage().getImplementationVersion())
                .orElse("(development)");
        Optional<String> sudo = Optional.ofNullable(System.getenv("SUDO_USER")).filter(name -> !name.isBlank());
        return report.by(
                new Caller(version, settings.command(), ThisProcess.uid(), System.getProperty("user.name", ""), sudo));
    }

    /**
     * Ends what the run keeps, and keeps its report. The host is as it is by now: that it could not be kept is worth a
     * warning, not a failed run.
     *
     * @param origin asked only when the report is kept whole
     */
    public Report keep(Catalog catalog, Report report, Supplier<Origin> origin) {
        return keep(catalog, report, kept -> kept.origin().isPresent() ? kept : kept.from(origin.get()));
    }

    /** The same for a catalog that was made from what runs have kept, and not from a site. */
    public Report keep(Catalog catalog, Report report) {
        return keep(catalog, report, UnaryOperator.identity());
    }

    private Report keep(Catalog catalog, Report report, UnaryOperator<Report> complete) {
        ReportStore.Format format = (kept, out) -> {
            Report named = kept.caller().isPresent() ? kept : signed(kept);
            Report whole = complete.apply(named);
            JsonText.write(new JsonReport(settings.types(), catalog.secrets()).of(whole, whole.exitStatus(true)), out);
        };
        Report told = report.with(warnings).with(backups.finish());
        try {
            ReportStore store = new ReportStore(settings.state(), format);
            if (settings.options().only().isPresent()) {
                store.keepPart(told);
            } else {
                store.keep(told);
            }
            return told;
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            Diagnostic warning = Diagnostic.warning(Code.STATE, "The report was not kept", reason.sentence());
            return told.with(List.of(warning.suggest(Optional.of("Name another folder with --state-dir."))));
        }
    }

    /** Lets the next run begin. */
    @Override
    public void close() throws IOException {
        undo.close();
        if (lock.isPresent()) {
            lock.get().close();
        }
    }
}
