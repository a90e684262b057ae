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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keeps a second agent away from a state directory; the operating system gives it up when its process ends. */
final class AgentLock implements AutoCloseable {
    private static final int LONGEST_HOLDER = 1024;
    private static final Path LOCKS = Path.of("/proc/locks");
    private static final Pattern AGENT = Pattern.compile("Process (\\d{1,18}), started at (\\S+)\\.");

    private final FileChannel channel;

    private AgentLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes it for an agent, or says who has it. */
    static Checked<AgentLock> acquire(StateDirectory state) {
        return acquire(state, "");
    }

    /** Takes it for what a run by hand does in the agent's place. */
    static Checked<AgentLock> acquireByHand(StateDirectory state) {
        return acquire(state, "a run by hand, ");
    }

    private static Checked<AgentLock> acquire(StateDirectory state, String kind) {
        try {
            StateDirectory.make(state.agent());
            Path file = file(state);
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
                    text("Process " + ThisProcess.pid() + ", " + kind + "started at "
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

    private static Path file(StateDirectory state) {
        return state.agent().resolve("agent.lock");
    }

    /**
     * The agent that has it, though it may not answer. Nothing is locked, so that nobody is kept from starting. Not for
     * a process that has the lock itself, which it gives up when it closes the file (fcntl(2)).
     */
    static Optional<AgentStatus.Running> holder(StateDirectory state) {
        try {
            Matcher agent = AGENT.matcher(Files.readString(file(state)).strip());
            if (!agent.matches() || !isLocked(file(state), agent.group(1))) {
                return Optional.empty();
            }
            return Optional.of(new AgentStatus.Running(Long.parseLong(agent.group(1)), Instant.parse(agent.group(2))));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** proc_locks(5): {@code 1: POSIX ADVISORY WRITE 4711 fd:01:1234 0 EOF}. */
    private static boolean isLocked(Path file, String pid) throws IOException {
        Pattern lock = Pattern.compile(
                "\\d+: POSIX +ADVISORY +WRITE " + pid + " \\S+:" + Files.getAttribute(file, "unix:ino") + " .*");
        try (Stream<String> all = Files.lines(LOCKS)) {
            return all.anyMatch(line -> lock.matcher(line).matches());
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
