package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import dev.converge.report.Report;
import dev.converge.source.SiteSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** How the agent keeps the host by one reading of its settings: when it runs, from which commit, and what came of it. */
final class Keeping implements AutoCloseable {
    static final String COMMAND = "converge agent run";

    private final AgentParts parts;
    private final AgentSettings settings;
    private final Pulse pulse;
    private final Switch power;
    private final Runner runner;
    private final Commits commits;
    private final Timetable timetable;
    private final Chronicle chronicle;
    private final Sentry sentry;
    private final Frame frame;
    private final Interruptible waiting = new Interruptible();
    private volatile AgentStatus status;
    private boolean wasDisabled;
    private Trigger next = Trigger.START;

    private Keeping(Frame frame, AgentSettings settings, SiteSource source, Optional<AgentRun> last) {
        this.frame = frame;
        this.parts = frame.parts();
        this.settings = settings;
        this.pulse = frame.pulse();
        this.power = new Switch(parts.machine().state());
        this.runner = new Runner(parts.machine(), settings, COMMAND, new Witness());
        this.commits = new Commits(source, parts.machine());
        String host = parts.machine().name();
        this.sentry = new Sentry(parts.machine(), settings.drift(), frame.wishes());
        AgentLog log = parts.log().upTo(settings.logLevel());
        this.chronicle = new Chronicle(settings, log, new Outbox(parts.machine(), settings, host, log), last);
        this.timetable = new Timetable(settings.schedule(), host, System::nanoTime, new Random());
        publish("idle");
    }

    /** Fails when the source cannot be used. */
    static Checked<Keeping> open(Frame frame, AgentSettings settings) throws InterruptedException {
        Checked<SiteSource> source = frame.parts().awaitSource(settings);
        Optional<Keeping> keeping = source.value().map(known -> new Keeping(frame, settings, known, Optional.empty()));
        return new Checked<>(keeping, source.diagnostics());
    }

    /** One that goes on from this, which is closed, with other settings; with these again where the others cannot be used. */
    Keeping follow(AgentSettings other) {
        Checked<SiteSource> source = parts.source(other);
        AgentSettings usable = source.isOk() ? other : settings;
        Keeping next = source.value()
                .or(() -> parts.source(settings).value())
                .map(known -> new Keeping(frame, usable, known, chronicle.last()))
                .orElseThrow(() -> new IllegalStateException("the source cannot be opened again"));
        next.next = Trigger.INTERVAL;
        if (!source.isOk()) {
            next.refuse(source.diagnostics());
        }
        return next;
    }

    private final class Witness implements RunWitness {
        @Override
        public void waits(Diagnostic holder) {
            chronicle.waits(holder);
            waiting.begins();
        }

        @Override
        public void holds() {
            waiting.ends();
        }

        @Override
        public List<Diagnostic> begins(LoadedCommit commit, Catalog catalog) throws InterruptedException {
            return sentry.watch(commit.types(), catalog);
        }

        @Override
        public List<Diagnostic> ends(Report report) {
            List<Diagnostic> fights = sentry.settle(report);
            chronicle.fights(fights);
            return fights;
        }
    }

    /** Takes up the last good commit. */
    void begin() throws InterruptedException {
        pulse.lives(Pulse.A_STEP);
        wasDisabled = power.disabled().isPresent();
        chronicle.started(power.disabled());
        commits.resume();
        publish("idle");
    }

    /** The same when a bug of ours keeps it from that: the repository is asked at once. */
    void begin(Throwable bug) {
        chronicle.failed(bug);
        next = Trigger.INTERVAL;
        publish("idle");
    }

    AgentSettings settings() {
        return settings;
    }

    Chronicle chronicle() {
        return chronicle;
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
            rest(disabled.get(), wish);
        } else if (wish.isPresent() && wish.get() instanceof Wish.Ask ask) {
            ask.answer().complete(asked());
        } else if (wish.isPresent() && wish.get() instanceof Wish.Drift drift) {
            drifted(drift);
        } else {
            due();
        }
        publish("idle");
    }

    /** The host is left alone; the next look at it comes with the interval. */
    private void rest(Switch.Disabled why, Optional<Wish> wish) {
        wish.ifPresent(asked -> asked.refuse(HandRun.disabled(why)));
        sentry.relieved();
        if (timetable.isRunDue()) {
            timetable.ran();
            timetable.reached();
            chronicle.rests(commits, why);
        }
    }

    /** A mistake of ours in one turn must not end the agent; the next turn comes with the interval. */
    void failed(Throwable bug, Optional<Wish> wish) {
        chronicle.failed(bug);
        wish.ifPresent(asked -> asked.fail(bug));
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
        if (fetch) {
            settle();
        }
    }

    private Answer asked() throws InterruptedException {
        chronicle.asked();
        update();
        Runner.Made made = run(Trigger.ASKED, Optional.empty(), Optional.empty());
        settle();
        return made.answer(commits, parts.machine().types());
    }

    /** When the remote is asked next: with the next run, so this comes after a run that was due. */
    private void settle() {
        if (commits.isReachable()) {
            timetable.reached();
        } else {
            timetable.unreachable();
        }
    }

    private boolean update() throws InterruptedException {
        publish("fetching");
        Optional<String> before = commits.inForce().map(commit -> commit.copy().commit());
        pulse.lives(settings.source().timeLimit().multipliedBy(2));
        boolean another = waiting.during(commits::update);
        chronicle.fetched(commits);
        chronicle.remember(commits, parts.machine().state());
        if (another) {
            chronicle.inForce(commits.inForce().orElseThrow().copy(), before);
        }
        return another;
    }

    private Runner.Made run(Trigger trigger, Optional<Set<ResourceId>> only, Optional<Instant> noticed)
            throws InterruptedException {
        publish("running");
        Duration limit = settings.conduct().timeLimit();
        pulse.lives(limit.multipliedBy(2).plusMinutes(10));
        Runner.Made made = runner.run(trigger, commits, only);
        chronicle.ran(made, only.isEmpty(), noticed);
        if (only.isEmpty()) {
            timetable.ran();
            chronicle.remember(commits, parts.machine().state());
            // What the run has left goes now, and the memory with it: there is nothing to do for long.
            System.gc();
        }
        return made;
    }

    private void switched(Optional<Switch.Disabled> disabled) {
        wasDisabled = disabled.isPresent();
        chronicle.switched(disabled);
        if (disabled.isEmpty()) {
            timetable.begin();
        }
    }

    /** Settings that cannot be followed: these stay. */
    void refuse(List<Diagnostic> why) {
        chronicle.refused(parts.file(), why);
        publish("idle");
    }

    /** In a line, for systemctl(1). */
    String sentence() {
        if (wasDisabled) {
            return "Disabled: " + power.disabled().map(Switch.Disabled::reason).orElse("");
        }
        return chronicle.sentence(commits);
    }

    /** Ends what goes on: a run after the turns in hand, what only waits at once. */
    void stop() {
        runner.stop();
        waiting.stop();
    }

    /** What is watched and fought over, and whether somebody has disabled it, as it is by now: a run may take long. */
    AgentStatus status() {
        return status.now(power.disabled(), sentry.sentence(), sentry.problems());
    }

    /** How the sinks are doing, for programs. */
    List<Object> sinks() {
        return chronicle.sinks();
    }

    private void publish(String doing) {
        status = new AgentStatus(
                Optional.of(frame.running()),
                doing,
                power.disabled(),
                settings,
                commits.inForce().map(LoadedCommit::copy),
                commits.newest(),
                chronicle.problems(commits),
                chronicle.last().map(PastRun::of),
                Optional.of(Instant.now().plus(timetable.untilRun())),
                Optional.empty());
    }

    @Override
    public void close() {
        sentry.close();
        chronicle.close();
        try {
            commits.close();
        } catch (IOException e) {
            chronicle.notKept(e);
        }
    }
}
