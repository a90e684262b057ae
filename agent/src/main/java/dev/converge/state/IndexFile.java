package dev.converge.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file to which one run at a time adds lines: opened with the first one, each line whole or not there at all. A line
 * that a crash has cut short is ended first.
 */
final class IndexFile implements AutoCloseable {
    private final Path file;
    private FileChannel channel;

    IndexFile(Path file) {
        this.file = file;
    }

    /**
     * Adds a line.
     *
     * @param durable whether to wait until it is on the disk
     */
    void append(byte[] line, boolean durable) throws IOException {
        FileChannel open = write(line);
        if (durable) {
            open.force(false);
        }
    }

    private synchronized FileChannel write(byte[] line) throws IOException {
        if (channel == null) {
            open();
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip();
        long end = channel.size();
        try {
            DurableFile.write(channel.position(end), bytes);
        } catch (IOException e) {
            channel.truncate(end);
            throw e;
        }
        return channel;
    }

    private void open() throws IOException {
        boolean isNew = !Files.exists(file);
        StateDirectory.make(file.getParent());
        channel = DurableFile.open(file);
        long end = channel.size();
        ByteBuffer last = ByteBuffer.allocate(1);
        if (end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n') {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), end);
        }
        if (isNew) {
            DurableFile.syncFolder(file.getParent());
        }
    }

    /** Whether a line was added. */
    synchronized boolean isUsed() {
        return channel != null;
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
