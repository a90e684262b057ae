package dev.converge.agent;

import dev.converge.converger.RunListener;
import dev.converge.converger.RunOptions;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.memory.SiteIdentity;
import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import dev.converge.model.Secret;
import dev.converge.model.TurnRules;
import dev.converge.output.JsonReport;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.schema.TypeRegistry;
import dev.converge.session.Patience;
import dev.converge.session.Session;
import dev.converge.session.Settings;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings the host to the commit in force, one run at a time; waits for runs that others have begun. */
final class Runner {
    private static final int NOT_THE_NEWEST = 4;

    private final Machine machine;
    private final AgentSettings settings;
    private final String command;
    private final RunWitness witness;
    private volatile Session current;
    private volatile boolean stopped;

    /**
     * @param command what the user started, for whoever meets the lock
     * @param witness is told how a run goes
     */
    Runner(Machine machine, AgentSettings settings, String command, RunWitness witness) {
        this.machine = machine;
        this.settings = settings;
        this.command = command;
        this.witness = witness;
    }

    /**
     * What came of a run, with the catalog that it was about.
     *
     * @param catalog empty when it did not compile
     */
    record Made(AgentRun run, Optional<Catalog> catalog) {
        /** What must not be told of it. */
        List<Secret> secrets() {
            return catalog.map(Catalog::secrets).orElse(List.of());
        }

        /** For whoever has asked for the newest commit: that another one was enforced is a failure to him. */
        Answer answer(Commits commits, TypeRegistry known) {
            int exit = run.exit(false);
            if (run.report().isEmpty()) {
                return new Answer(exit, JsonReport.refused(run.problems(), false, exit));
            }
            int told = commits.areCurrent() ? exit : exit | NOT_THE_NEWEST;
            TypeRegistry types = commits.inForce().map(LoadedCommit::types).orElse(known);
            return new Answer(
                    told, new JsonReport(types, secrets()).of(run.report().get(), told));
        }
    }

    /** @param only the resources that may have moved; all when empty */
    Made run(Trigger trigger, Commits commits, Optional<Set<ResourceId>> only) throws InterruptedException {
        Instant began = Instant.now();
        long start = System.nanoTime();
        List<Diagnostic> problems = new ArrayList<>(commits.problems());
        Optional<Catalog> catalog = Optional.empty();
        Optional<Report> report = Optional.empty();
        if (commits.inForce().isPresent()) {
            Attempt attempt = new Attempt(commits.inForce().get(), only, problems);
            report = attempt.report();
            catalog = attempt.catalog;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        AgentRun run = new AgentRun(trigger, commits.inForce().map(LoadedCommit::copy), report, problems, began, took);
        return new Made(run, catalog);
    }

    /** Ends the run soon, and lets no other begin: turns that have begun go on to their end. */
    void stop() {
        stopped = true;
        Session session = current;
        if (session != null) {
            session.stop();
        }
    }

    /** One run of a commit, from its compilation to its kept report. */
    private final class Attempt {
        private final LoadedCommit commit;
        private final RunOptions options;
        private final List<Diagnostic> problems;
        private final List<Diagnostic> known;
        private Optional<Catalog> catalog = Optional.empty();
        private boolean waited;

        Attempt(LoadedCommit commit, Optional<Set<ResourceId>> only, List<Diagnostic> problems) {
            RunOptions all = settings.conduct().options();
            this.commit = commit;
            this.options = only.map(all::only).orElse(all);
            this.problems = problems;
            this.known = List.copyOf(problems);
        }

        Optional<Report> report() throws InterruptedException {
            LoadedCommit.Compiled compiled = compile();
            if (catalog.isEmpty()) {
                return Optional.empty();
            }
            Patience patience = new Patience(settings.conduct().timeLimit(), holder -> {
                waited = true;
                witness.waits(holder);
            });
            Checked<Session> session = Session.open(session(compiled), Run.begin(compiled.host()), patience);
            if (!session.isOk()) {
                problems.addAll(session.diagnostics());
                return Optional.empty();
            }
            try (Session open = session.value().orElseThrow()) {
                witness.holds();
                // The run that was waited for may have changed what the facts say.
                LoadedCommit.Compiled now = waited ? compile() : compiled;
                return catalog.isEmpty() ? Optional.empty() : Optional.of(converge(open, now));
            } catch (IOException e) {
                problems.add(Diagnostic.warning(
                        Code.STATE, "The run was not ended well", IoReason.of(e).sentence()));
                return Optional.empty();
            } finally {
                current = null;
            }
        }

        private LoadedCommit.Compiled compile() {
            LoadedCommit.Compiled compiled = commit.compile();
            catalog = compiled.catalog().value().map(found -> found.within(rules()));
            if (catalog.isEmpty()) {
                problems.addAll(compiled.catalog().diagnostics());
            }
            return compiled;
        }

        private TurnRules rules() {
            return settings.conduct().rules(settings.schedule().windows());
        }

        private Settings session(LoadedCommit.Compiled compiled) {
            return new Settings(
                            commit.types(),
                            machine.root(),
                            machine.commands(),
                            machine.state(),
                            RunKind.LIVE,
                            options,
                            command)
                    .of(identity(compiled));
        }

        private SiteIdentity identity(LoadedCommit.Compiled compiled) {
            return SiteIdentity.named(nameOf(settings), compiled.from(), RunKind.LIVE);
        }

        private Report converge(Session session, LoadedCommit.Compiled compiled) throws InterruptedException {
            List<Diagnostic> told =
                    options.only().isPresent() ? List.of() : witness.begins(commit, catalog.orElseThrow());
            current = session;
            if (stopped) {
                session.stop();
            }
            session.remember(identity(compiled));
            Report walked = session.converge(catalog.orElseThrow(), RunListener.silent())
                    .with(compiled.catalog().diagnostics())
                    .with(known)
                    .with(told);
            walked = walked.with(witness.ends(walked));
            return session.keep(
                    catalog.orElseThrow(),
                    session.signed(walked.from(compiled.from().glance())),
                    compiled.from()::origin);
        }
    }

    /** The name of the site in what is remembered of it: the same for every commit. */
    static String nameOf(AgentSettings settings) {
        String path = settings.source().path();
        return settings.source().url() + (path.isEmpty() ? "" : "//" + path);
    }
}
