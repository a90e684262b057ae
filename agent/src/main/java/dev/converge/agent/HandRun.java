package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import dev.converge.source.SiteCopy;
import dev.converge.source.SiteSource;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is done by hand where else the agent would: one run, or the choice of the commit for one. */
public final class HandRun {
    private final AgentParts parts;
    private final AgentSettings settings;
    private final Runner runner;

    /** @param command what the user started, for whoever meets the lock */
    public HandRun(AgentParts parts, AgentSettings settings, String command) {
        this.parts = parts;
        this.settings = settings;
        this.runner = new Runner(parts.machine(), settings, command, holder -> parts.log()
                .write(LogLevel.INFO, LogEvent.WAITING, "Waits for another run. " + holder.detail()));
    }

    /**
     * The commit that the host is held to, with what is wrong about a newer one.
     *
     * @param reading keeps its files there, also when an agent puts another one in force
     */
    public record Chosen(LoadedCommit commit, List<Diagnostic> problems, Closeable reading) {}

    /**
     * The commit in force: that of the agent that runs, else the newest. None while the agent is disabled, but to look at.
     *
     * @param ask whether the remote may be asked, what it answers be kept and the host be changed; else what is on disk counts
     */
    public Checked<Chosen> choose(boolean ask) throws InterruptedException, IOException {
        Optional<Switch.Disabled> disabled = disabled().filter(why -> ask);
        if (disabled.isPresent()) {
            return Checked.failed(List.of(disabled(disabled.get())));
        }
        Closeable reading = reading();
        Optional<SiteCopy> followed = ControlSocket.ask(parts.machine().state(), Map.of(Requests.KEY, Requests.STATUS))
                .flatMap(AgentStatus::commitOf);
        Optional<SiteCopy> known = ask ? followed : followed.or(() -> parts.seen(settings));
        if (known.isPresent()) {
            Checked<LoadedCommit> loaded = LoadedCommit.open(known.get(), parts.machine());
            return new Checked<>(
                    loaded.value().map(commit -> new Chosen(commit, List.of(), reading)), loaded.diagnostics());
        }
        return ask ? newest() : Checked.failed(none(List.of(), false));
    }

    private Checked<Chosen> newest() throws InterruptedException, IOException {
        Checked<SiteSource> source = parts.source(settings);
        if (!source.isOk()) {
            return Checked.failed(source.diagnostics());
        }
        Commits commits = brought(source.value().orElseThrow());
        remember(commits, commits.problems());
        Closeable reading = reading();
        return commits.inForce()
                .map(commit -> Checked.of(new Chosen(commit, commits.problems(), reading)))
                .orElseGet(() -> Checked.failed(none(commits.problems(), true)));
    }

    /** The source is left before the run, which may start the agent, and wait until that is ready. */
    private Commits brought(SiteSource source) throws InterruptedException, IOException {
        try (Commits commits = new Commits(source, parts.machine())) {
            commits.resume();
            commits.update();
            return commits;
        }
    }

    private Closeable reading() throws IOException {
        return SiteSource.reading(parts.machine().state().path());
    }

    private List<Diagnostic> none(List<Diagnostic> problems, boolean asked) {
        List<Diagnostic> all = new ArrayList<>();
        all.add(Diagnostic.error(
                        Code.SITE_FILE,
                        "No commit yet",
                        "No commit of " + settings.source().url() + " is in force on this host.")
                .suggest(asked ? Optional.empty() : Optional.of("Fetch one first: converge agent once")));
        all.addAll(problems);
        return all;
    }

    /** Fetches, and brings the host to the commit in force. */
    public Answer once() throws InterruptedException, IOException {
        Optional<AgentStatus.Running> deaf = AgentLock.holder(parts.machine().state());
        if (deaf.isPresent()) {
            return Answer.refused(deaf(deaf.get()));
        }
        Optional<Switch.Disabled> disabled = disabled();
        if (disabled.isPresent()) {
            return Answer.refused(disabled(disabled.get()));
        }
        Checked<SiteSource> source = parts.source(settings);
        if (!source.isOk()) {
            return Answer.refused(source.diagnostics().get(0));
        }
        Commits commits = brought(source.value().orElseThrow());
        Runner.Made made;
        try (Closeable reading = reading()) {
            made = runner.run(Trigger.ASKED, commits, Optional.empty());
        }
        send(made, commits);
        return made.answer(commits, parts.machine().types());
    }

    /** As the agent would, with what an earlier one has left. */
    private void send(Runner.Made made, Commits commits) {
        Machine machine = parts.machine();
        Checked<AgentLock> lock = AgentLock.acquireByHand(machine.state());
        if (!lock.isOk()) {
            String why = lock.diagnostics().get(0).detail();
            parts.log().write(LogLevel.WARNING, LogEvent.PROBLEM, "The report of this run is not sent. " + why);
            return;
        }
        try (AgentLock held = lock.value().orElseThrow();
                Outbox outbox = new Outbox(machine, settings, machine.name(), parts.log())) {
            outbox.fetched(commits.isReachable());
            outbox.ran(made, true, Optional.empty());
            keep(commits, made.run().problems());
        }
    }

    /** What is wrong, unless another process has something to say of that. */
    private void remember(Commits commits, List<Diagnostic> problems) {
        Checked<AgentLock> lock = AgentLock.acquireByHand(parts.machine().state());
        if (lock.isOk()) {
            try (AgentLock held = lock.value().orElseThrow()) {
                keep(commits, problems);
            }
        }
    }

    private void keep(Commits commits, List<Diagnostic> problems) {
        try {
            KnownTrouble.of(settings.source(), commits.newest(), problems)
                    .keep(parts.machine().state());
        } catch (IOException e) {
            parts.log().write(LogLevel.WARNING, LogEvent.PROBLEM, IoReason.of(e).sentence());
        }
    }

    private Optional<Switch.Disabled> disabled() {
        return new Switch(parts.machine().state()).disabled();
    }

    private static Diagnostic deaf(AgentStatus.Running agent) {
        return Diagnostic.error(
                        Code.RUN_IN_PROGRESS,
                        "The agent cannot be asked",
                        "Process " + agent.pid() + " is the agent, since " + agent.began() + ". It "
                                + ControlSocket.DEAF + ".")
                .suggest("Wait a minute: it listens soon after it has started, and again when its socket was removed.");
    }

    static Diagnostic disabled(Switch.Disabled why) {
        return Diagnostic.error(
                        Code.USAGE,
                        "The agent is disabled",
                        "By " + why.by() + ", since " + why.since() + ": " + why.reason())
                .suggest("converge agent enable; or converge without the agent, from a checkout: converge SITE_DIR");
    }

    /** How things are while no agent runs, and what was wrong when something was last asked for. */
    public static AgentStatus atRest(AgentParts parts, AgentSettings settings) {
        Optional<Switch.Disabled> disabled = new Switch(parts.machine().state()).disabled();
        Optional<SiteCopy> inForce = parts.seen(settings);
        Optional<KnownTrouble> trouble = KnownTrouble.of(parts.machine().state(), settings.source());
        Set<Diagnostic> problems = new LinkedHashSet<>(settings.source().doubts());
        trouble.ifPresent(known -> problems.addAll(known.problems()));
        Optional<AgentStatus.Running> deaf = AgentLock.holder(parts.machine().state());
        return new AgentStatus(
                deaf,
                deaf.isPresent() ? ControlSocket.DEAF : "nothing",
                disabled,
                settings,
                inForce,
                trouble.flatMap(KnownTrouble::newest).or(() -> inForce.map(SiteCopy::commit)),
                List.copyOf(problems),
                PastRun.remembered(parts.machine().state()),
                Optional.empty(),
                Optional.empty());
    }

    /** Ends the run soon. */
    public void stop() {
        runner.stop();
    }

    /** The name of the site in what is remembered of it. */
    public static String siteName(AgentSettings settings) {
        return Runner.nameOf(settings);
    }
}
