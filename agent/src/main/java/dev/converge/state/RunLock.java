package dev.converge.state;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.process.ThisProcess;
import dev.converge.report.IoReason;
import dev.converge.report.Run;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Keeps a second live run away from a host while one is going on. The operating system gives the lock up when its
 * process ends, however it ends. Dry runs need none.
 */
public final class RunLock implements AutoCloseable {
    /**
     * A lock of fcntl(2) belongs to the whole process, and is lost when the process closes the file anywhere; so a
     * second run in this process must not even open it.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int LONGEST_HOLDER = 4096;

    private final StateDirectory state;
    private final Path file;
    private final FileChannel channel;

    private RunLock(StateDirectory state, Path file, FileChannel channel) {
        this.state = state;
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, or says at once who has it; makes the state fit for a run.
     *
     * @param command what the user started, for whoever meets the lock
     * @return with warnings about what was found damaged in the state
     */
    public static Checked<RunLock> acquire(StateDirectory state, Run run, String command) {
        Path file = state.lock();
        try {
            StateDirectory.make(state.path());
            List<Diagnostic> errors = StateCheck.errors(state);
            if (!errors.isEmpty()) {
                return Checked.failed(errors);
            }
            Path known = state.path().toRealPath().resolve(file.getFileName());
            if (!HELD_HERE.add(known)) {
                return Checked.failed(held("It is a run of this process."));
            }
            boolean mine = false;
            try {
                Checked<RunLock> lock = acquire(state, known, holder(run, command));
                mine = lock.isOk();
                return mine ? Checked.of(lock.value().orElseThrow(), StateCheck.repair(state)) : lock;
            } finally {
                if (!mine) {
                    HELD_HERE.remove(known);
                }
            }
        } catch (IOException e) {
            return Checked.failed(unkept(state, e));
        }
    }

    private static Diagnostic unkept(StateDirectory state, IOException e) {
        IoReason reason = IoReason.of(e);
        boolean file = Files.exists(state.path()) && !Files.isDirectory(state.path());
        String sentence = file ? state.path() + " is not a folder." : reason.sentence();
        return Diagnostic.error(Code.STATE, "Cannot keep state", sentence)
                .suggest(reason.advice()
                        .filter(advice -> !(e instanceof NoSuchFileException))
                        .orElse("Run as root, or name a folder of your own with --state-dir."));
    }

    /**
     * Takes the lock, and waits for it when somebody else has it.
     *
     * @param patience how long at most
     * @param waiting is told who has it, once for each who does
     * @return what {@link #acquire} says; after the wait, its last refusal
     */
    public static Checked<RunLock> await(
            StateDirectory state, Run run, String command, Duration patience, Consumer<Diagnostic> waiting)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String told = "";
        while (true) {
            Checked<RunLock> lock = acquire(state, run, command);
            long left = deadline - System.nanoTime();
            if (lock.isOk() || left <= 0 || lock.diagnostics().get(0).code() != Code.RUN_IN_PROGRESS) {
                return lock;
            }
            Diagnostic holder = lock.diagnostics().get(0);
            if (!told.equals(holder.detail())) {
                told = holder.detail();
                waiting.accept(holder);
            }
            // fcntl(2) can wait too, but not for a while only, and not for a run of this process.
            TimeUnit.NANOSECONDS.sleep(Math.min(left, BETWEEN_LOOKS));
        }
    }

    @SuppressWarnings("StreamResourceLeak")
    private static Checked<RunLock> acquire(StateDirectory state, Path file, String holder) throws IOException {
        FileChannel channel = DurableFile.open(file);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
            if (!mine) {
                return Checked.failed(held(read(channel)));
            }
            tell(channel, holder);
            return Checked.of(new RunLock(state, file, channel));
        } finally {
            if (!mine) {
                channel.close();
            }
        }
    }

    private static String holder(Run run, String command) {
        return "Process " + ThisProcess.pid() + ", started at " + run.started() + ": " + command;
    }

    private static Diagnostic held(String holder) {
        String who = holder.isBlank() ? "It has only just begun, or had no room to say who it is." : holder.strip();
        return Diagnostic.error(Code.RUN_IN_PROGRESS, "Another run is in progress", who)
                .suggest("Wait for its end with --wait 10m; a dry run (--dry-run) can go on beside it.");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_HOLDER);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** A full disk must not keep a run away that may be about to free it: the lock holds without its text. */
    private static void tell(FileChannel channel, String holder) throws IOException {
        channel.truncate(0);
        try {
            channel.write(StandardCharsets.UTF_8.encode(holder + "\n"), 0);
        } catch (IOException e) {
            channel.truncate(0);
        }
    }

    /**
     * The run under an id that sorts after all runs before it.
     *
     * @param warnings gets what was found damaged
     */
    public Run number(Run run, List<Diagnostic> warnings) {
        LatestRun latest = new LatestRun(state);
        try {
            return run.after(latest.id());
        } catch (IOException e) {
            warnings.add(Diagnostic.warning(
                    Code.STATE, "Cannot read state", IoReason.of(e).sentence()));
            return run;
        } finally {
            warnings.addAll(latest.warnings());
        }
    }

    /** Gives the lock up; the file stays, because deleting it could take it from under one who waits. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
