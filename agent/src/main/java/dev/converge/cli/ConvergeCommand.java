package dev.converge.cli;

import dev.converge.converger.Applier;
import dev.converge.converger.Converger;
import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.host.LiveFacts;
import dev.converge.host.LocalHost;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.model.Catalog;
import dev.converge.output.JsonReport;
import dev.converge.output.TextReport;
import dev.converge.output.Verbosity;
import dev.converge.report.Ingredients;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.schema.JsonText;
import dev.converge.state.BackupStore;
import dev.converge.state.ReportStore;
import dev.converge.state.RunLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code converge MANIFEST}: compiles it, brings this host to it or only looks, and reports. */
final class ConvergeCommand implements Main.Command {
    private final Arguments arguments;
    private final Terminal terminal;
    private final Workbench bench;
    private final Phases phases;
    private final boolean dryRun;
    private final boolean json;

    /** @param began when the work of this process began */
    ConvergeCommand(Arguments arguments, Terminal terminal, Instant began) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
        this.phases = new Phases(began, arguments.has(Option.VERBOSE));
        this.dryRun = arguments.has(Option.DRY_RUN);
        this.json = arguments.choice(Option.OUTPUT).equals("json");
    }

    @Override
    public int run() throws IOException {
        try {
            return converge();
        } catch (Failure e) {
            if (!json) {
                throw e;
            }
            JsonText.write(JsonReport.refused(e.diagnostics(), dryRun, 1), terminal.out());
            return 1;
        }
    }

    private int converge() throws IOException {
        RunOptions options = options();
        Site site = bench.site(arguments.operands().get(0));
        LiveFacts live = bench.liveFacts();
        TimedFacts facts = new TimedFacts(live);
        Facts known = new Facts(facts);
        Run run = Run.begin(new Facts(facts).getFqdn());
        Ingredients from = new Ingredients(site, new SiteInputs(), known);
        Checked<Catalog> compiled = bench.compiled(site, known, from.inputs());
        checkTags(options.tags(), compiled.value().orElseThrow());
        List<Diagnostic> warnings = new ArrayList<>(compiled.diagnostics());
        warnings.addAll(live.warnings());
        Checked<Catalog> catalog = Checked.of(compiled.value().orElseThrow(), warnings);
        phases.compiled(facts.took());
        if (dryRun) {
            return converge(run, from, catalog, options);
        }
        Checked<RunLock> lock =
                RunLock.acquire(bench.state(), run, "converge " + String.join(" ", arguments.operands()));
        if (!lock.isOk()) {
            throw new Failure(lock.diagnostics());
        }
        try (RunLock held = lock.value().orElseThrow()) {
            return converge(run, from, catalog, options);
        }
    }

    private RunOptions options() {
        Set<String> tags = arguments
                .value(Option.TAGS)
                .map(list -> Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
        return new RunOptions(jobs(), tags, false);
    }

    /** A slip in the only tag would make a run that does nothing look like one that found all in sync. */
    private static void checkTags(Set<String> wanted, Catalog catalog) {
        Set<String> known = new TreeSet<>();
        catalog.resources().forEach(resource -> known.addAll(resource.policy().tags()));
        if (!wanted.isEmpty() && Collections.disjoint(known, wanted)) {
            String first = new TreeSet<>(wanted).first();
            throw Failure.usage(
                    "Unknown tag",
                    "No resource of this host has the tag \"" + first + "\".",
                    Suggestions.didYouMean(first, known).orElse("The tags are: " + String.join(", ", known) + "."));
        }
    }

    private int jobs() {
        String given = arguments
                .value(Option.JOBS)
                .orElseGet(() -> String.valueOf(Runtime.getRuntime().availableProcessors()));
        if (!given.matches("[1-9]\\d{0,2}")) {
            throw Failure.usage(
                    "Bad option", "--jobs takes a number from 1 to 999, not \"" + given + "\".", "Write --jobs 4.");
        }
        return Integer.parseInt(given);
    }

    private int converge(Run run, Ingredients from, Checked<Catalog> compiled, RunOptions options) {
        Catalog catalog = compiled.value().orElseThrow();
        Applier applier = dryRun ? Applier.dryRun() : Applier.live();
        LocalHost host =
                new LocalHost(Workbench.ROOT, bench.commands(), new BackupStore(bench.state(), Workbench.ROOT, run));
        Converger converger = new Converger(bench.types(), host, applier, options);
        new Interruption(converger, bench.commands(), terminal).listen();
        if (json) {
            Report walked = converger.converge(run, catalog, RunListener.silent());
            Report whole = phases.complete(walked).with(compiled.diagnostics());
            Report report = kept(catalog, whole.from(whole.allInSync() ? from.glance() : from.origin()), from);
            int exit = report.exitStatus(arguments.has(Option.DETAILED_EXITCODE));
            JsonText.write(new JsonReport(bench.types(), catalog.secrets()).of(report, exit), terminal.out());
            return exit;
        }
        TextReport.Look look = new TextReport.Look(terminal.outStyle(), verbosity());
        TextReport text = new TextReport(catalog, bench.types(), from.site()::lines, look, terminal::print);
        Report walked = watched(converger, run, catalog, text);
        Report report = kept(catalog, phases.complete(walked).with(compiled.diagnostics()), from);
        bench.warn(from.site(), report.messages());
        text.finish(phases.reported(report));
        return report.exitStatus(arguments.has(Option.DETAILED_EXITCODE));
    }

    private Report watched(Converger converger, Run run, Catalog catalog, TextReport text) {
        if (!terminal.progress() || verbosity() == Verbosity.QUIET) {
            return converger.converge(run, catalog, text);
        }
        try (Progress progress = new Progress(text, terminal)) {
            return converger.converge(run, catalog, progress);
        }
    }

    private Verbosity verbosity() {
        if (arguments.has(Option.QUIET)) {
            return Verbosity.QUIET;
        }
        return arguments.has(Option.VERBOSE) ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }

    /** The host is as it is by now: that the report could not be kept is worth a warning, not a failed run. */
    private Report kept(Catalog catalog, Report report, Ingredients from) {
        ReportStore.Format format = (kept, out) -> {
            Report whole = kept.origin().isPresent() ? kept : kept.from(from.origin());
            JsonText.write(new JsonReport(bench.types(), catalog.secrets()).of(whole, whole.exitStatus(true)), out);
        };
        try {
            new ReportStore(bench.state(), format).keep(report);
            return report;
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            Diagnostic warning = Diagnostic.warning(Code.STATE, "The report was not kept", reason.sentence());
            return report.with(List.of(warning.suggest(Optional.of("Name another folder with --state-dir."))));
        }
    }

    /** How long each part of the run took. */
    private static final class Phases {
        private final Map<String, Duration> earlier = new LinkedHashMap<>();
        private final Instant began;
        private Instant convergeEnded = Instant.EPOCH;

        Phases(Instant began, boolean wanted) {
            this.began = began;
            if (wanted) {
                ProcessAge.now().ifPresent(age -> earlier.put("jvm start", age.minus(since(began))));
            }
        }

        private static Duration since(Instant moment) {
            return Duration.between(moment, Instant.now());
        }

        void compiled(Duration facts) {
            earlier.put("facts", facts);
            earlier.put("compile", since(began).minus(facts));
        }

        Report complete(Report report) {
            convergeEnded = Instant.now();
            return report.after(earlier);
        }

        Report reported(Report report) {
            Map<String, Duration> all = new LinkedHashMap<>(report.phases());
            all.put("report", since(convergeEnded));
            return new Report(
                    report.run(),
                    report.kind(),
                    report.interrupted(),
                    all,
                    report.origin(),
                    report.resources(),
                    report.counts(),
                    report.messages());
        }
    }
}
