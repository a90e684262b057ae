package dev.converge.cli;

import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import dev.converge.host.LiveFacts;
import dev.converge.language.Site;
import dev.converge.language.SiteInputs;
import dev.converge.memory.SiteIdentity;
import dev.converge.model.Catalog;
import dev.converge.model.Durations;
import dev.converge.model.InvalidValueException;
import dev.converge.output.JUnitReport;
import dev.converge.output.JsonReport;
import dev.converge.output.TextReport;
import dev.converge.output.Verbosity;
import dev.converge.plan.ReviewedPlan;
import dev.converge.report.Ingredients;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.schema.JsonText;
import dev.converge.session.Session;
import dev.converge.session.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
    private final PlanOption plans;
    private final boolean dryRun;
    private final String form;
    private Optional<DefaultSite> usual = Optional.empty();

    /** @param began the {@link System#nanoTime()} when the work of this process began */
    ConvergeCommand(Arguments arguments, Terminal terminal, long began) {
        this.arguments = arguments;
        this.terminal = terminal;
        this.bench = new Workbench(arguments, terminal);
        this.phases = new Phases(began, arguments.has(Option.VERBOSE));
        this.plans = new PlanOption(arguments, bench);
        this.dryRun = arguments.has(Option.DRY_RUN);
        this.form = arguments.choice(Option.FORM);
    }

    @Override
    public int run() throws IOException, InterruptedException {
        try {
            return converge();
        } catch (Failure e) {
            if (isText()) {
                throw e;
            }
            if (form.equals("junit")) {
                terminal.print(JUnitReport.refused(e.diagnostics(), Instant.now()));
            } else {
                JsonText.write(JsonReport.refused(e.diagnostics(), dryRun, 1), terminal.out());
            }
            return 1;
        }
    }

    private int converge() throws IOException, InterruptedException {
        Waiting waiting = new Waiting(arguments, terminal);
        usual = DefaultSite.of(arguments, terminal, bench);
        Prepared prepared = prepare();
        Checked<Session> session = waiting.open(prepared.settings(), prepared.run());
        if (!session.isOk()) {
            throw new Failure(session.diagnostics());
        }
        try (Session open = session.value().orElseThrow()) {
            new Interruption(open, bench.commands(), terminal).listen();
            // The run that was waited for may have changed what the facts say.
            Prepared current = waiting.waited() ? prepare() : prepared;
            open.remember(current.site());
            PlanOption.checkHost(
                    open,
                    current.catalog().value().orElseThrow(),
                    current.from().site());
            return converge(open, current.from(), current.catalog());
        }
    }

    /** What a run works with, found out before it takes the lock. */
    private record Prepared(
            Run run, Settings settings, SiteIdentity site, Ingredients from, Checked<Catalog> catalog) {}

    /** Compiles the site for the host as it is now. */
    private Prepared prepare() throws IOException {
        LiveFacts live = bench.liveFacts();
        TimedFacts facts = new TimedFacts(live);
        Facts known = new Facts(facts);
        Run run = Run.begin(new Facts(facts).getFqdn());
        Optional<ReviewedPlan> plan = plans.reviewed(run);
        RunOptions options =
                new RunOptions(jobs(), plan.map(ReviewedPlan::tags).orElseGet(this::tags), false, timeLimit());
        Site site = usual.isPresent() ? bench.site(usual.get().folder().toString()) : plans.site(plan);
        Ingredients from = new Ingredients(site, new SiteInputs(), known, commit());
        Checked<Catalog> compiled = within(bench.compiled(site, known, from.inputs()));
        checkTags(options.tags(), compiled.value().orElseThrow());
        List<Diagnostic> warnings = new ArrayList<>(compiled.diagnostics());
        warnings.addAll(live.warnings());
        if (usual.isPresent()) {
            warnings.addAll(usual.get().problems());
        }
        PlanOption.checkCatalog(plan, compiled.value().orElseThrow(), from);
        phases.compiled(facts.took());
        SiteIdentity identity = usual.isPresent()
                ? SiteIdentity.named(usual.get().name(), from, kind())
                : SiteIdentity.of(from, kind());
        return new Prepared(
                run,
                settings(options).by(plan).of(identity),
                identity,
                from,
                Checked.of(compiled.value().orElseThrow(), warnings));
    }

    private Optional<String> commit() {
        return usual.isPresent() ? Optional.of(usual.get().commit()) : Optional.empty();
    }

    private Checked<Catalog> within(Checked<Catalog> compiled) {
        return usual.isEmpty()
                ? compiled
                : new Checked<>(
                        compiled.value()
                                .map(catalog -> catalog.within(usual.get().rules())),
                        compiled.diagnostics());
    }

    private Settings settings(RunOptions options) {
        return new Settings(
                        bench.types(),
                        Workbench.ROOT,
                        bench.commands(),
                        bench.state(),
                        kind(),
                        options,
                        arguments.line())
                .taughtBy(bench.taughtBy());
    }

    private RunKind kind() {
        return dryRun ? RunKind.DRY_RUN : RunKind.LIVE;
    }

    private boolean isText() {
        return form.equals("text");
    }

    private void print(Report report, Catalog catalog, int exit) {
        if (form.equals("junit")) {
            terminal.print(new JUnitReport(bench.types(), catalog.secrets()).of(report));
        } else {
            JsonText.write(new JsonReport(bench.types(), catalog.secrets()).of(report, exit), terminal.out());
        }
    }

    private Set<String> tags() {
        if (usual.isPresent() && !arguments.has(Option.TAGS)) {
            return usual.get().settings().conduct().tags();
        }
        return arguments
                .value(Option.TAGS)
                .map(list -> Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private Optional<Duration> timeLimit() {
        Optional<String> given = arguments.value(Option.TIME_LIMIT);
        try {
            Optional<Duration> limit = given.map(Durations::parse);
            InvalidValueException.when(
                    limit.filter(Duration::isZero).isPresent(), "It is zero: nothing could be done.", "Write 30m.");
            return limit;
        } catch (InvalidValueException e) {
            throw Failure.usage(
                    "Bad option",
                    "--time-limit takes a duration. " + e.getMessage(),
                    e.advice().orElse("Write --time-limit 30m."));
        }
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

    private int converge(Session session, Ingredients from, Checked<Catalog> compiled) throws IOException {
        Catalog catalog = compiled.value().orElseThrow();
        if (!isText()) {
            Report walked = session.converge(catalog, RunListener.silent());
            Report whole = phases.complete(walked).with(compiled.diagnostics());
            Report report = session.keep(
                    catalog,
                    session.signed(whole.from(whole.allInSync() ? from.glance() : from.origin())),
                    from::origin);
            plans.save(from, tags(), catalog, report);
            int exit = report.exitStatus(arguments.has(Option.DETAILED_EXITCODE));
            print(report, catalog, exit);
            return exit;
        }
        TextReport.Look look = new TextReport.Look(terminal.outStyle(), verbosity());
        TextReport text = new TextReport(catalog, bench.types(), from.site()::lines, look, terminal::print);
        Report walked = watched(session, catalog, text);
        Report report = session.keep(catalog, phases.complete(walked).with(compiled.diagnostics()), from::origin);
        bench.warn(from.site(), report.messages());
        text.finish(phases.reported(report));
        Optional<String> saved = plans.save(from, tags(), catalog, report);
        if (saved.isPresent() && verbosity() != Verbosity.QUIET) {
            terminal.print(saved.get() + "\n");
        }
        return report.exitStatus(arguments.has(Option.DETAILED_EXITCODE));
    }

    private Report watched(Session session, Catalog catalog, TextReport text) {
        if (!terminal.progress() || verbosity() == Verbosity.QUIET) {
            return session.converge(catalog, text);
        }
        try (Progress progress = new Progress(text, terminal)) {
            return session.converge(catalog, progress);
        }
    }

    private Verbosity verbosity() {
        if (arguments.has(Option.QUIET)) {
            return Verbosity.QUIET;
        }
        return arguments.has(Option.VERBOSE) ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }
}
