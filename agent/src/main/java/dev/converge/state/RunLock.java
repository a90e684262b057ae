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
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    private static final int LONGEST_HOLDER = 4096;

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock or says at once who has it.
     *
     * @param command what the user started, for whoever meets the lock
     */
    public static Checked<RunLock> acquire(StateDirectory state, Run run, String command) {
        Path file = state.lock();
        try {
            StateDirectory.make(state.path());
            Path known = state.path().toRealPath().resolve(file.getFileName());
            if (!HELD_HERE.add(known)) {
                return Checked.failed(held("It is a run of this process."));
            }
            Checked<RunLock> lock = acquire(known, holder(run, command));
            if (!lock.isOk()) {
                HELD_HERE.remove(known);
            }
            return lock;
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            return Checked.failed(Diagnostic.error(Code.STATE, "Cannot keep state", reason.sentence())
                    .suggest("Run as root, or name a folder of your own with --state-dir."));
        }
    }

    @SuppressWarnings("StreamResourceLeak")
    private static Checked<RunLock> acquire(Path file, String holder) throws IOException {
        FileChannel channel = DurableFile.open(file);
        boolean mine = false;
        try {
            mine = channel.tryLock() != null;
            if (!mine) {
                return Checked.failed(held(read(channel)));
            }
            write(channel, holder);
            return Checked.of(new RunLock(file, channel));
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
        String who = holder.isBlank() ? "It has only just begun." : holder.strip();
        return Diagnostic.error(Code.RUN_IN_PROGRESS, "Another run is in progress", who)
                .suggest("Wait until it has ended; a dry run (--dry-run) can go on beside it.");
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_HOLDER);
        channel.read(bytes, 0);
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    private static void write(FileChannel channel, String holder) throws IOException {
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(holder + "\n"), 0);
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
