package dev.converge.state;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes the state's own files so that after any crash each is whole, old or new. */
public final class DurableFile {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> READ_AND_WRITE =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

    /**
     * Where a file is written before it takes its place: one after the other in a folder, by the run that has the lock. So
     * the next run need not look for what a killed one has left.
     */
    static final String DRAFT = ".new";

    private static final int BUFFER = 1 << 16;

    /** What goes into a file. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private DurableFile() {}

    /** Opens a file of the state for reading and writing, made for its owner only when it is missing. */
    static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, READ_AND_WRITE, OWNER_ONLY);
    }

    /** Puts a file in place that was written beside it: nobody ever sees half of it. */
    public static void replace(Path target, Content content) throws IOException {
        Files.move(draft(target, content), target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The same, and waits until it is on the disk. */
    public static void replaceDurably(Path target, Content content) throws IOException {
        publish(draft(target, content), target);
    }

    private static Path draft(Path target, Content content) throws IOException {
        Path folder = StateDirectory.make(target.getParent());
        Path draft = folder.resolve(DRAFT);
        try (OutputStream out = new BufferedOutputStream(Channels.newOutputStream(create(draft)), BUFFER)) {
            content.writeTo(out);
            return draft;
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
    }

    /** Removes what a killed run has left half written in a folder of the state, by one call that every run can afford. */
    static void removeDraft(Path folder) {
        // Not Files.deleteIfExists: it makes an exception of what is not there. What cannot be removed is written over.
        folder.resolve(DRAFT).toFile().delete();
    }

    /** Opens an empty file that only its owner may read; what a crash has left under the name is overwritten. */
    static SeekableByteChannel create(Path draft) throws IOException {
        Files.deleteIfExists(draft);
        return Files.newByteChannel(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY);
    }

    static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Gives a finished draft its name, and waits until both are on the disk. */
    static void publish(Path draft, Path target) throws IOException {
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Path folder = target.getParent();
        boolean isNew = !Files.isDirectory(folder);
        StateDirectory.make(folder);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(folder);
        if (isNew) {
            syncFolder(folder.getParent());
        }
    }

    /** Waits until the names in a folder are on the disk. */
    static void syncFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
