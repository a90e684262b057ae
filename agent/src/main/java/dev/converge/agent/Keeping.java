package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.Redactor;
import dev.converge.model.ResourceId;
import dev.converge.process.ThisProcess;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.source.SiteSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** How the agent keeps the host by one reading of its settings: when it runs, from which commit, and what came of it. */
final class Keeping implements AutoCloseable {
    private static final int TRIES = 30;
    private static final Duration A_STEP = Duration.ofMinutes(10);
    static final String COMMAND = "converge agent run";

    private final AgentParts parts;
    private final AgentSettings settings;
    private final AgentLog log;
    private final Pulse pulse;
    private final Switch power;
    private final Runner runner;
    private final Commits commits;
    private final Timetable timetable;
    private final Outbox outbox;
    private final Sentry sentry;
    private final Frame frame;
    private volatile AgentStatus status;
    private Optional<AgentRun> last = Optional.empty();
    private List<Diagnostic> refused = List.of();
    private List<Diagnostic> told = List.of();
    private boolean wasDisabled;
    private Trigger next = Trigger.START;
    private volatile Optional<Thread> waiting = Optional.empty();
    private volatile boolean stopped;

    /**
     * What outlives one reading of the settings.
     *
     * @param parts what the agent is made of
     * @param pulse is told how long each step may take
     * @param wishes where the loop takes its wishes from
     * @param running the process
     */
    record Frame(AgentParts parts, Pulse pulse, Queue<Wish> wishes, AgentStatus.Running running) {
        static Frame of(AgentParts parts, Pulse pulse, Queue<Wish> wishes) {
            return new Frame(parts, pulse, wishes, new AgentStatus.Running(ThisProcess.pid(), Instant.now()));
        }
    }

    private Keeping(Frame frame, AgentSettings settings, SiteSource source) {
        this.frame = frame;
        this.parts = frame.parts();
        this.settings = settings;
        this.pulse = frame.pulse();
        this.log = parts.log().upTo(settings.logLevel());
        this.power = new Switch(parts.machine().state());
        this.runner = new Runner(parts.machine(), settings, COMMAND, new Witness());
        this.commits = new Commits(source, parts.machine());
        String host = parts.machine()
                .facts(parts.machine().types())
                .fact("fqdn")
                .map(String::valueOf)
                .orElse("");
        this.sentry = new Sentry(parts.machine(), settings.drift(), frame.wishes());
        this.outbox = new Outbox(parts.machine(), settings, host, log);
        this.timetable = new Timetable(settings.schedule(), host, System::nanoTime, new Random());
        publish("idle");
    }

    /** Fails when the source cannot be used. */
    static Checked<Keeping> open(Frame frame, AgentSettings settings) throws InterruptedException {
        Checked<SiteSource> source = frame.parts().source(settings);
        // Somebody may ask for the status, or run once, at this moment.
        for (int i = 0; i < TRIES && !source.isOk(); i++) {
            TimeUnit.SECONDS.sleep(1);
            source = frame.parts().source(settings);
        }
        Optional<Keeping> keeping = source.value().map(known -> new Keeping(frame, settings, known));
        return new Checked<>(keeping, source.diagnostics());
    }

    /** One that goes on from this, which is closed, with other settings; with these again where the others cannot be used. */
    Keeping follow(AgentSettings other) {
        Checked<SiteSource> source = parts.source(other);
        AgentSettings usable = source.isOk() ? other : settings;
        Keeping next = source.value()
                .or(() -> parts.source(settings).value())
                .map(known -> new Keeping(frame, usable, known))
                .orElseThrow(() -> new IllegalStateException("the source cannot be opened again"));
        next.last = last;
        next.next = Trigger.INTERVAL;
        if (!source.isOk()) {
            next.refuse(source.diagnostics());
        }
        return next;
    }

    private final class Witness implements RunWitness {
        @Override
        public void waits(Diagnostic holder) {
            log.write(LogLevel.INFO, LogEvent.WAITING, "Waits for another run. " + holder.detail());
            waiting = Optional.of(Thread.currentThread());
            if (stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void holds() {
            waiting = Optional.empty();
        }

        @Override
        public List<Diagnostic> begins(LoadedCommit commit, Catalog catalog) throws InterruptedException {
            return sentry.watch(commit.types(), catalog);
        }

        @Override
        public List<Diagnostic> ends(Report report) {
            List<Diagnostic> fights = sentry.settle(report);
            fights.forEach(fight -> log.write(LogLevel.WARNING, LogEvent.PROBLEM, LogText.of(fight)));
            return fights;
        }
    }

    /** Takes up the last good commit. */
    void begin() throws InterruptedException {
        pulse.lives(A_STEP);
        commits.resume();
        publish("idle");
        wasDisabled = power.disabled().isPresent();
        log.write(
                LogLevel.INFO,
                LogEvent.STARTED,
                "Keeps this host as " + settings.source().url() + " says, "
                        + settings.source().ref()
                        + power.disabled()
                                .map(why -> "; disabled: " + why.reason())
                                .orElse(""));
    }

    AgentSettings settings() {
        return settings;
    }

    AgentLog log() {
        return log;
    }

    /** How long there is nothing to do. */
    Duration untilNext() {
        return wasDisabled ? timetable.untilRun() : timetable.untilNext();
    }

    /** Does what it was woken for; without a wish, what is due. */
    void handle(Optional<Wish> wish) throws InterruptedException {
        Optional<Switch.Disabled> disabled = power.disabled();
        if (disabled.isPresent() != wasDisabled) {
            switched(disabled);
        }
        if (disabled.isPresent()) {
            wish.ifPresent(asked -> refuse(asked, disabled.get()));
            sentry.relieved();
            if (timetable.isRunDue()) {
                timetable.ran();
                timetable.reached();
                outbox.rests(commits.inForce().map(LoadedCommit::copy), disabled.get());
            }
        } else if (wish.isPresent() && wish.get() instanceof Wish.Ask ask) {
            ask.answer().complete(asked());
        } else if (wish.isPresent() && wish.get() instanceof Wish.Drift drift) {
            drifted(drift);
        } else {
            due();
        }
        publish("idle");
    }

    /** A mistake of ours in one turn must not end the agent; the next turn comes with the interval. */
    void failed(Throwable bug, Optional<Wish> wish) {
        StackTraceElement[] trace = bug.getStackTrace();
        String where = trace.length == 0 ? "" : " at " + trace[0];
        log.write(LogLevel.ERROR, LogEvent.BUG, "This is a bug in Converge: " + bug + where);
        if (wish.isPresent() && wish.get() instanceof Wish.Ask ask) {
            ask.answer().completeExceptionally(bug);
        }
        sentry.relieved();
        next = Trigger.INTERVAL;
        timetable.ran();
        timetable.reached();
        publish("idle");
    }

    /** Whatever moves, and however often, what is due comes: a run of all looks at that, too. */
    private void drifted(Wish.Drift drift) throws InterruptedException {
        if (commits.inForce().isPresent() && !timetable.isRunDue()) {
            run(Trigger.DRIFT, drift.moved(), Optional.of(drift.noticed()));
        }
        sentry.relieved();
        due();
    }

    private void due() throws InterruptedException {
        boolean run = timetable.isRunDue();
        boolean first = next == Trigger.START;
        boolean fetch =
                timetable.isFetchDue() || (run && (!first || commits.inForce().isEmpty()));
        if (!run && !fetch) {
            return;
        }
        boolean another = fetch && update();
        if (run || another) {
            run(another && !first ? Trigger.COMMIT : next, Optional.empty(), Optional.empty());
            next = Trigger.INTERVAL;
        }
        settle(fetch);
    }

    private Answer asked() throws InterruptedException {
        log.write(LogLevel.INFO, LogEvent.ASKED, "Somebody asks for a run");
        update();
        Runner.Made made = run(Trigger.ASKED, Optional.empty(), Optional.empty());
        settle(true);
        return made.answer(commits.inForce()
                .map(LoadedCommit::types)
                .orElse(parts.machine().types()));
    }

    /** When the next run is due, after a whole one; and when the remote is asked next. */
    private void settle(boolean fetched) {
        if (fetched && commits.isReachable()) {
            timetable.reached();
        } else if (fetched) {
            timetable.unreachable();
        }
    }

    private boolean update() throws InterruptedException {
        publish("fetching");
        Optional<String> before = commits.inForce().map(commit -> commit.copy().commit());
        pulse.lives(settings.source().timeLimit().multipliedBy(2));
        waiting = Optional.of(Thread.currentThread());
        boolean another;
        try {
            another = !stopped && commits.update();
        } finally {
            waiting = Optional.empty();
        }
        outbox.fetched(commits.isReachable());
        tell(commits.problems());
        if (another) {
            String id = commits.inForce().orElseThrow().copy().commit();
            Map<String, String> fields = new LinkedHashMap<>(Map.of("CONVERGE_COMMIT", id));
            before.ifPresent(old -> fields.put("CONVERGE_COMMIT_BEFORE", old));
            log.write(LogLevel.INFO, LogEvent.COMMIT, "Commit " + Commits.shortened(id) + " is in force", fields);
        }
        return another;
    }

    /** What is wrong is told when it is new, and not once more with each interval. */
    private void tell(List<Diagnostic> problems) {
        for (Diagnostic problem : problems) {
            if (!told.contains(problem)) {
                LogLevel level = problem.isError() ? LogLevel.ERROR : LogLevel.WARNING;
                log.write(
                        level,
                        LogEvent.PROBLEM,
                        LogText.of(problem),
                        Map.of("CONVERGE_CODE", problem.code().label()));
            }
        }
        told = List.copyOf(problems);
    }

    private Runner.Made run(Trigger trigger, Optional<Set<ResourceId>> only, Optional<Instant> noticed)
            throws InterruptedException {
        publish("running");
        Duration limit = settings.conduct().timeLimit();
        pulse.lives(limit.multipliedBy(2).plusMinutes(10));
        Runner.Made made = runner.run(trigger, commits, only);
        boolean nothing =
                only.isPresent() && made.run().report().map(Report::allInSync).orElse(false);
        if (!nothing) {
            last = Optional.of(made.run());
        }
        if (only.isEmpty()) {
            timetable.ran();
            tell(made.run().said());
        }
        LogText.of(made.run(), Redactor.of(made.secrets()), log);
        outbox.ran(made, only.isEmpty(), noticed);
        if (only.isEmpty()) {
            // What the run has left goes now, and the memory with it: there is nothing to do for long.
            System.gc();
        }
        return made;
    }

    private void switched(Optional<Switch.Disabled> disabled) {
        wasDisabled = disabled.isPresent();
        outbox.switched(wasDisabled);
        if (disabled.isPresent()) {
            log.write(
                    LogLevel.WARNING,
                    LogEvent.DISABLED,
                    "Disabled: " + disabled.get().reason());
        } else {
            log.write(LogLevel.INFO, LogEvent.ENABLED, "Enabled again");
            timetable.begin();
        }
    }

    private static void refuse(Wish wish, Switch.Disabled why) {
        if (wish instanceof Wish.Ask ask) {
            ask.answer().complete(Answer.refused(HandRun.disabled(why)));
        }
    }

    /** Settings that cannot be followed: these stay. */
    void refuse(List<Diagnostic> why) {
        List<Diagnostic> all = new ArrayList<>();
        all.add(Diagnostic.warning(
                Code.BAD_VALUE,
                "The settings were not read anew",
                parts.file() + " has mistakes; the agent goes on with what it knew."));
        all.addAll(why);
        refused = List.copyOf(all);
        for (Diagnostic one : all) {
            log.write(LogLevel.ERROR, LogEvent.RELOAD_REFUSED, LogText.of(one));
        }
        publish("idle");
    }

    /** In a line, for systemctl(1). */
    String sentence() {
        if (wasDisabled) {
            return "Disabled: " + power.disabled().map(Switch.Disabled::reason).orElse("");
        }
        String commit = commits.inForce()
                .map(known -> "Commit " + Commits.shortened(known.copy().commit()))
                .orElse("No commit yet");
        return commit + last.map(run -> ", " + LogText.result(run)).orElse("");
    }

    /** Ends what goes on: a run after the turns in hand, what only waits at once. */
    void stop() {
        stopped = true;
        runner.stop();
        waiting.ifPresent(Thread::interrupt);
    }

    AgentStatus status() {
        return status;
    }

    /** How the sinks are doing, for programs. */
    List<Object> sinks() {
        return outbox.states();
    }

    private void publish(String doing) {
        List<Diagnostic> problems = new ArrayList<>(refused);
        problems.addAll(commits.problems());
        last.ifPresent(run ->
                run.problems().stream().filter(one -> !problems.contains(one)).forEach(problems::add));
        status = new AgentStatus(
                Optional.of(frame.running()),
                doing,
                power.disabled(),
                settings,
                commits.inForce().map(LoadedCommit::copy),
                commits.newest(),
                problems,
                last,
                Optional.of(Instant.now().plus(timetable.untilRun())),
                sentry.sentence());
    }

    @Override
    public void close() {
        sentry.close();
        outbox.close();
        try {
            commits.close();
        } catch (IOException e) {
            log.write(LogLevel.WARNING, LogEvent.PROBLEM, IoReason.of(e).sentence());
        }
    }
}
