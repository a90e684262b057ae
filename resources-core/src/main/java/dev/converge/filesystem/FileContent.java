package dev.converge.filesystem;

import dev.converge.model.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What is in a file: read when it is asked for, and not before, so that a file in sync costs one read and no memory.
 *
 * <p>{@link #remember()} keeps what a report may need after the file was replaced.
 */
public final class FileContent implements Content {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    /** What is still known of a file that is gone. */
    private record Memory(Optional<String> digest, Optional<String> text) {}

    private final Path real;
    private final long size;
    private final boolean sensitive;
    private final Set<OpenOption> how;
    private volatile Memory memory;

    private FileContent(Path real, long size, boolean sensitive, Set<OpenOption> how) {
        this.real = real;
        this.size = size;
        this.sensitive = sensitive;
        this.how = how;
    }

    /** The content of a file that was found on the host. */
    public static FileContent observed(Path real, long size, boolean sensitive) {
        return new FileContent(real, size, sensitive, READ_NO_LINK);
    }

    /** The content of a file to copy from. */
    public static FileContent from(Path real) {
        return new FileContent(real, -1, false, READ);
    }

    /** Whether the file is there and can be read. */
    public boolean isReadable() {
        return Files.isRegularFile(real) && Files.isReadable(real);
    }

    @Override
    public long size() {
        if (size >= 0) {
            return size;
        }
        try {
            return Files.size(real);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isSensitive() {
        return sensitive;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(real, how.toArray(OpenOption[]::new));
    }

    @Override
    public byte[] bytes() {
        try (SeekableByteChannel channel = Files.newByteChannel(real, how)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(size >= 0 ? size : channel.size()));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // a file may be read in pieces
            }
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> digest() {
        Memory kept = memory;
        return kept == null ? Content.super.digest() : kept.digest();
    }

    @Override
    public Optional<String> text() {
        Memory kept = memory;
        return kept == null ? Content.super.text() : kept.text();
    }

    /** Keeps the digest and, where it may be shown, the text: what is asked for after the file was replaced. */
    public void remember() {
        memory = new Memory(Content.super.digest(), Content.super.text());
    }

    @Override
    public String toString() {
        return Content.describe(this);
    }
}
