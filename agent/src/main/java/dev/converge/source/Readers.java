package dev.converge.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps the files of a commit from being removed while a process reads them, be it killed or not. */
final class Readers implements AutoCloseable {
    private static final String FILE = "readers";

    private final FileChannel channel;

    private Readers(FileChannel channel) {
        this.channel = channel;
    }

    static Readers open(Path folder) throws IOException {
        return new Readers(FileChannel.open(
                folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    /** One more, until it is closed; whoever wants to remove something goes on without waiting. */
    static Closeable enter(Path folder) throws IOException {
        try {
            FileChannel reading = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ);
            shared(reading);
            return reading;
        } catch (NoSuchFileException e) {
            return () -> {}; // nothing was ever fetched, or by an earlier version
        }
    }

    private static void shared(FileChannel channel) throws IOException {
        try {
            // It is given up with its channel.
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            // Somebody in this process reads already.
        }
    }

    /** What must not happen under the eyes of a reader. */
    interface Deed {
        void happen() throws IOException;
    }

    /** Does it if there are none. */
    void without(Deed deed) throws IOException {
        try (FileLock lock = channel.tryLock()) {
            if (lock != null) {
                deed.happen();
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process reads.
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
