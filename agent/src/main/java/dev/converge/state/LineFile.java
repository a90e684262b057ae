package dev.converge.state;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file that grows by lines, each in one call, so that a reader finds at most the last one cut short. It is made with the
 * first line that is not held back; only its owner may read it. Not for several threads.
 */
final class LineFile {
    private final Path path;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();

    /** Not a channel: interrupting a thread that writes to one closes it for all. */
    private Optional<FileOutputStream> out = Optional.empty();

    private boolean begun;
    private boolean torn;
    private boolean named;

    LineFile(Path path) {
        this.path = path;
    }

    Path path() {
        return path;
    }

    /** Whether anything was written or is held back. */
    boolean isBegun() {
        return begun;
    }

    /** Keeps a line back until the next one is written. */
    void hold(JsonLine line) {
        begun = true;
        held.writeBytes(line.bytes());
    }

    /** Writes what was held back, and a line; what was held back stays so when that fails. */
    void write(JsonLine line) throws IOException {
        write(line.bytes());
    }

    /** @param line with its end */
    void write(byte[] line) throws IOException {
        begun = true;
        if (out.isEmpty()) {
            StateDirectory.make(path.getParent());
            DurableFile.create(path).close();
            out = Optional.of(new FileOutputStream(path.toFile(), true));
        }
        byte[] bytes = line;
        if (held.size() > 0 || torn) {
            bytes = joined(line);
        }
        torn = true;
        out.get().write(bytes);
        torn = false;
        held.reset();
    }

    /** A line that a full disk has cut short is ended first. */
    private byte[] joined(byte[] line) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (torn) {
            all.write('\n');
        }
        all.writeBytes(held.toByteArray());
        all.writeBytes(line);
        return all.toByteArray();
    }

    /** The lines of such a file; one that is no text, because a crash or the disk has spoilt it, is empty. */
    static List<String> read(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader bytes = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = bytes.readLine(); line != null; line = bytes.readLine()) {
                lines.add(text(line.getBytes(StandardCharsets.ISO_8859_1)));
            }
        }
        return lines;
    }

    private static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    /** Waits until all that was written is on the disk, the file's name too. */
    void sync() throws IOException {
        out.orElseThrow().getFD().sync();
        if (!named) {
            DurableFile.syncFolder(path.getParent());
            DurableFile.syncFolder(path.getParent().getParent());
            named = true;
        }
    }

    void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }
}
