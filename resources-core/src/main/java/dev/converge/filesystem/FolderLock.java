package dev.converge.filesystem;

import dev.converge.process.ThisProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps others away from a folder whose file {@code lock} it locks, in this process and in other ones; the operating system
 * gives it up when the process ends.
 */
public final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Empty while somebody else has it. */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (isLocked(channel)) {
            return Optional.of(new FolderLock(channel));
        }
        channel.close();
        return Optional.empty();
    }

    /** Whoever has signed it, or had it last, such as {@code process 4711}; "another process" where none has. */
    public static String holder(Path folder) throws IOException {
        String said = Files.readString(folder.resolve(FILE)).strip();
        return said.isEmpty() ? "another process" : "process " + said;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another thread
        }
    }

    /** Writes this process into the file, for {@link #holder}. A full disk keeps nobody away: the lock holds without it. */
    public void sign() throws IOException {
        channel.truncate(0);
        try {
            channel.write(ByteBuffer.wrap((ThisProcess.pid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
        } catch (IOException e) {
            channel.truncate(0);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
