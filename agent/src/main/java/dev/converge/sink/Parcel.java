package dev.converge.sink;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A report that waits for its server: on disk, or in memory while the disk does not take it. */
final class Parcel {
    /** What is smaller is not worth the trouble. */
    private static final int LARGE = 8 << 10;

    private static final String PLAIN = ".json";
    private static final String ZIPPED = ".json.gz";
    private static final int DIGITS = 12;

    private final long number;
    private final String id;
    private final boolean zipped;
    private final int size;
    private final long since;
    private Optional<byte[]> body;

    private Parcel(long number, String id, boolean zipped, int size, long since, Optional<byte[]> body) {
        this.number = number;
        this.id = id;
        this.zipped = zipped;
        this.size = size;
        this.since = since;
        this.body = body;
    }

    /** @param since when it began to wait, by the clock of {@link System#nanoTime} */
    static Parcel of(long number, Document document, long since) {
        byte[] bytes = document.json().getBytes(StandardCharsets.UTF_8);
        boolean large = bytes.length > LARGE;
        byte[] packed = large ? zip(bytes) : bytes;
        return new Parcel(number, document.id(), large, packed.length, since, Optional.of(packed));
    }

    /** One that an earlier process has left; empty when the file is something else. */
    static Optional<Parcel> found(Path file, int size, long since) {
        String name = file.getFileName().toString();
        String end = name.endsWith(ZIPPED) ? ZIPPED : PLAIN;
        int split = name.indexOf('~');
        if (!name.endsWith(end) || split != DIGITS) {
            return Optional.empty();
        }
        try {
            long number = Long.parseLong(name.substring(0, split));
            String id = name.substring(split + 1, name.length() - end.length()).replace('~', '/');
            return Optional.of(new Parcel(number, id, end.equals(ZIPPED), size, since, Optional.empty()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    long number() {
        return number;
    }

    String id() {
        return id;
    }

    int size() {
        return size;
    }

    long since() {
        return since;
    }

    boolean isZipped() {
        return zipped;
    }

    /** Whether a kill would lose it. */
    boolean isInMemory() {
        return body.isPresent();
    }

    /** Where it lies in a folder. */
    Path in(Path folder) {
        String digits = String.valueOf(number);
        return folder.resolve(
                "0".repeat(DIGITS - digits.length()) + digits + "~" + id.replace('/', '~') + (zipped ? ZIPPED : PLAIN));
    }

    /** Its bytes as they lie in the folder. */
    byte[] bytes(Path folder) throws IOException {
        return body.isPresent() ? body.get() : Files.readAllBytes(in(folder));
    }

    /** The disk has it now. */
    void forgetBody() {
        body = Optional.empty();
    }

    static byte[] unzip(byte[] zipped) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
            return in.readAllBytes();
        }
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }
}
