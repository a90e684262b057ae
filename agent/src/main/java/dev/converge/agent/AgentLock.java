package dev.converge.agent;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.process.ThisProcess;
import dev.converge.report.IoReason;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/** Keeps a second agent away from a state directory; the operating system gives it up when its process ends. */
final class AgentLock implements AutoCloseable {
    private static final int LONGEST_HOLDER = 1024;

    private final FileChannel channel;

    private AgentLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it, or says who has it. */
    static Checked<AgentLock> acquire(StateDirectory state) {
        try {
            Path file = StateDirectory.make(state.agent()).resolve("agent.lock");
            FileChannel channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            if (!locked(channel)) {
                try (channel) {
                    return Checked.failed(held(state, channel));
                }
            }
            channel.truncate(0);
            channel.write(
                    text("Process " + ThisProcess.pid() + ", started at "
                            + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "."),
                    0);
            return Checked.of(new AgentLock(channel));
        } catch (IOException e) {
            return Checked.failed(Diagnostic.error(
                            Code.STATE, "Cannot keep state", IoReason.ofNamed(e).sentence())
                    .suggest(IoReason.ofNamed(e)
                            .advice()
                            .orElse("Run as root, or name another stateDir in agent.yaml.")));
        }
    }

    @SuppressWarnings("resource") // It is given up with its channel.
    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Diagnostic held(StateDirectory state, FileChannel channel) throws IOException {
        ByteBuffer holder = ByteBuffer.allocate(LONGEST_HOLDER);
        channel.read(holder, 0);
        String who = StandardCharsets.UTF_8.decode(holder.flip()).toString().strip();
        return Diagnostic.error(
                        Code.RUN_IN_PROGRESS,
                        "An agent is running",
                        "Another agent looks after this host, with its state in " + state.path() + ". " + who)
                .suggest("converge agent status tells of it; end it before you start another.");
    }

    private static ByteBuffer text(String line) {
        return StandardCharsets.UTF_8.encode(line + "\n");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It ends with the process at the latest.
        }
    }
}
