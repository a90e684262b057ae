package dev.converge.state;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to which one run at a time adds lines: opened with the first one, each line whole or not there at all. A line
 * that a crash has cut short is ended first.
 */
final class IndexFile implements AutoCloseable {
    private final Path file;

    /** Not a channel: interrupting a thread that writes to one closes it for all. */
    private RandomAccessFile open;

    IndexFile(Path file) {
        this.file = file;
    }

    /**
     * Adds a line.
     *
     * @param durable whether to wait until it is on the disk
     */
    void append(byte[] line, boolean durable) throws IOException {
        RandomAccessFile written = write(line);
        if (durable) {
            written.getFD().sync();
        }
    }

    private synchronized RandomAccessFile write(byte[] line) throws IOException {
        if (open == null) {
            open = opened();
        }
        long end = open.length();
        try {
            open.seek(end);
            open.write(ByteBuffer.allocate(line.length + 1)
                    .put(line)
                    .put((byte) '\n')
                    .array());
        } catch (IOException e) {
            open.setLength(end);
            throw e;
        }
        return open;
    }

    private RandomAccessFile opened() throws IOException {
        boolean isNew = !Files.exists(file);
        StateDirectory.make(file.getParent());
        DurableFile.open(file).close();
        if (isNew) {
            DurableFile.syncFolder(file.getParent());
        }
        RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw");
        endLine(whole);
        return whole;
    }

    private static void endLine(RandomAccessFile file) throws IOException {
        long end = file.length();
        if (end == 0) {
            return;
        }
        file.seek(end - 1);
        if (file.read() != '\n') {
            file.write('\n');
        }
    }

    /** Whether a line was added. */
    synchronized boolean isUsed() {
        return open != null;
    }

    @Override
    public synchronized void close() throws IOException {
        if (open != null) {
            open.close();
        }
    }
}
