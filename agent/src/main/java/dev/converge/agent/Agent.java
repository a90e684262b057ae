package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The loop that keeps a host: one thread that takes what comes first of an interval that is over, a host that has moved,
 * a remote that is to be asked again, a request, new settings, and the end. It waits without looking at a clock.
 */
public final class Agent implements AutoCloseable {
    private static final int TRIES = 10;

    private final AgentParts parts;
    private final AgentLock lock;
    private final BlockingQueue<Wish> wishes;
    private final Pulse pulse;
    private final OwnCode code = OwnCode.opened();
    private volatile Keeping keeping;
    private ControlSocket control;
    private volatile boolean stopping;

    private Agent(AgentLock lock, Frame frame, BlockingQueue<Wish> wishes, Keeping keeping) {
        this.parts = frame.parts();
        this.lock = lock;
        this.pulse = frame.pulse();
        this.wishes = wishes;
        this.keeping = keeping;
    }

    /** One for these settings; fails when another looks after the host. */
    public static Checked<Agent> open(AgentParts parts, AgentSettings settings) throws InterruptedException {
        Checked<AgentLock> lock = lock(parts.machine().state());
        if (!lock.isOk()) {
            return Checked.failed(lock.diagnostics());
        }
        BlockingQueue<Wish> wishes = new LinkedBlockingQueue<>();
        Frame frame = Frame.of(parts, new Pulse(parts.supervisor()), wishes);
        Checked<Keeping> keeping = Keeping.open(frame, settings);
        if (!keeping.isOk()) {
            lock.value().orElseThrow().close();
            return Checked.failed(keeping.diagnostics());
        }
        Agent agent = new Agent(
                lock.value().orElseThrow(), frame, wishes, keeping.value().orElseThrow());
        try {
            agent.control = ControlSocket.open(parts.machine().state(), new Requests(agent.wishes, agent::tree));
            return Checked.of(agent);
        } catch (IOException | RuntimeException e) {
            agent.close();
            String why =
                    e instanceof IOException failed ? IoReason.of(failed).sentence() : String.valueOf(e.getMessage());
            return Checked.failed(Diagnostic.error(
                            Code.STATE,
                            "No control socket",
                            "It cannot be made in " + parts.machine().state().agent() + ". " + why)
                    .suggest("The path of stateDir may have some 80 characters."));
        }
    }

    /** A run by hand has it for a moment, while it sends its report. */
    private static Checked<AgentLock> lock(StateDirectory state) throws InterruptedException {
        Checked<AgentLock> lock = AgentLock.acquire(state);
        for (int i = 0; i < TRIES && !lock.isOk() && !isAnswered(state); i++) {
            TimeUnit.SECONDS.sleep(1);
            lock = AgentLock.acquire(state);
        }
        return lock;
    }

    private static boolean isAnswered(StateDirectory state) {
        try {
            return ControlSocket.ask(state, Map.of(Requests.KEY, Requests.STATUS))
                    .isPresent();
        } catch (IOException e) {
            return true; // by one that hangs
        }
    }

    /**
     * Keeps the host until {@link #stop}.
     *
     * @return whether it ended because its own code was replaced, and wants to be started anew
     */
    public boolean run() {
        pulse.start();
        parts.supervisor().isReady("Starting");
        try {
            begin();
            while (!stopping && !code.isReplaced()) {
                Duration pause = keeping.untilNext();
                parts.supervisor().does(keeping.sentence());
                pulse.lives(pause);
                Optional<Wish> wish = Optional.ofNullable(wishes.poll(pause.toMillis() + 1, TimeUnit.MILLISECONDS));
                pulse.lives(Pulse.A_STEP);
                handle(wish);
            }
        } catch (InterruptedException e) {
            // The end came while a run waited, or a remote was asked.
            Thread.currentThread().interrupt();
        }
        parts.supervisor().isStopping("Ending");
        keeping.chronicle().ended(!stopping);
        return !stopping;
    }

    private void handle(Optional<Wish> wish) throws InterruptedException {
        try {
            if (wish.isPresent() && wish.get() instanceof Wish.Reload) {
                reloaded();
            } else if (!stopping) {
                keeping.handle(wish);
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            keeping.failed(e, wish);
        }
    }

    /** A file that cannot be followed changes nothing. */
    private void reloaded() throws InterruptedException {
        parts.supervisor().isReloading();
        Checked<AgentSettings> read = AgentFile.read(parts.file());
        List<Diagnostic> refused = read.diagnostics();
        if (read.isOk()
                && !read.value()
                        .orElseThrow()
                        .stateDir()
                        .equals(keeping.settings().stateDir())) {
            refused = List.of(
                    Diagnostic.error(Code.BAD_VALUE, "Bad value", "stateDir is another one, which takes a new start.")
                            .suggest("systemctl restart converge-agent"));
        }
        if (refused.isEmpty()) {
            follow(read.value().orElseThrow());
        } else {
            keeping.refuse(refused);
        }
        parts.supervisor().isReady(keeping.sentence());
    }

    private void follow(AgentSettings other) throws InterruptedException {
        keeping.close();
        try {
            keeping = keeping.follow(other);
            begin();
            keeping.chronicle().reloaded(parts.file());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            keeping = keeping.follow(keeping.settings());
            begin();
            keeping.failed(e, Optional.empty());
        }
    }

    /** Whatever is wrong with the last good commit: the next one may mend it. */
    private void begin() throws InterruptedException {
        try {
            keeping.begin();
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            keeping.begin(e);
        }
    }

    /** Reads the settings anew, as soon as what is at hand has ended. */
    public void reload() {
        wishes.add(new Wish.Reload());
    }

    /** Ends the loop soon: what is in hand goes on to its end, what only waits does not. */
    public void stop() {
        stopping = true;
        wishes.add(new Wish.Stop());
        keeping.stop();
    }

    /** How it is, for programs. */
    private Map<String, Object> tree() {
        Map<String, Object> tree = keeping.status().tree();
        tree.put("reports", keeping.sinks());
        return tree;
    }

    @Override
    public void close() {
        pulse.close();
        keeping.close();
        if (control != null) {
            control.close();
        }
        lock.close();
    }
}
