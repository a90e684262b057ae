package dev.converge.filesystem;

import dev.converge.model.Content;
import dev.converge.posix.ExtendedAttributes;
import dev.converge.provider.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * A file that is made beside its target and takes its place in one step: whoever looks sees the old file or the new
 * one, whatever happens in between. Closing it unplaced removes it.
 *
 * <p>Its name, {@code .NAME.converge-XXXXXX}, is the same each time, so what a killed run leaves the next one clears.
 */
public final class NewFile implements AutoCloseable {
    /** What the system takes as a name, less what we add to it. */
    private static final int NAME_BYTES = 200;

    private static final FileAttribute<Set<PosixFilePermission>> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final Set<OpenOption> MAKE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path target;
    private final Path candidate;
    private final FileChannel channel;
    private boolean placed;

    private NewFile(Path target, Path candidate, FileChannel channel) {
        this.target = target;
        this.candidate = candidate;
        this.channel = channel;
    }

    /**
     * An empty file that only its owner can read.
     *
     * @param target the real path that it will take
     */
    public static NewFile beside(Path target, Host host) throws IOException {
        Path candidate = candidateFor(target);
        host.noteTemporary(candidate);
        try {
            Files.deleteIfExists(candidate);
            return new NewFile(target, candidate, FileChannel.open(candidate, MAKE, ONLY_OWNER));
        } catch (FileSystemException e) {
            throw naming(target, e);
        }
    }

    static Path candidateFor(Path target) {
        String name = target.getFileName().toString();
        int shownLength = Math.min(name.length(), NAME_BYTES / 3);
        boolean cutsPair = shownLength > 0 && Character.isHighSurrogate(name.charAt(shownLength - 1));
        String shown = name.substring(0, cutsPair ? shownLength - 1 : shownLength);
        return target.resolveSibling("." + shown + ".converge-" + Integer.toHexString(name.hashCode() & 0xffffff));
    }

    /** The path of the file until it is placed. */
    public Path path() {
        return candidate;
    }

    /** @throws IOException names the target when the disk takes no more */
    public void write(Content content) throws IOException {
        try (InputStream in = content.open()) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                append(ByteBuffer.wrap(buffer, 0, count));
            }
        }
    }

    /** @throws IOException names the target when the disk takes no more */
    public void write(byte[] bytes) throws IOException {
        append(ByteBuffer.wrap(bytes));
    }

    private void append(ByteBuffer piece) throws IOException {
        try {
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new FileSystemException(target.toString(), null, e.getMessage());
        }
    }

    /** Gives it its owner, group and mode. */
    public void own(Ownership ownership) throws IOException {
        try {
            ownership.applyTo(candidate);
        } catch (FileSystemException e) {
            throw naming(target, e);
        }
    }

    /** Takes over the ACL, SELinux context and extended attributes of the file that it replaces. */
    public void inherit() throws IOException {
        ExtendedAttributes.copy(target, candidate);
    }

    /** Puts it on the disk as it is, and closes it: a program that is still open for writing cannot be run. */
    public void flush() throws IOException {
        if (channel.isOpen()) {
            channel.force(true);
            channel.close();
        }
    }

    /** Takes the target's place, on the disk too. */
    public void place() throws IOException {
        flush();
        placeUnsynced();
        try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    /** Takes the target's place; the caller sees to it that the disk is written. */
    public void placeUnsynced() throws IOException {
        try {
            Files.move(candidate, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            placed = true;
        } catch (FileSystemException e) {
            throw naming(target, e);
        }
    }

    /** A failure that names the path its reader knows, not the one beside it. */
    private static FileSystemException naming(Path target, FileSystemException failure) {
        return failure instanceof AccessDeniedException
                ? new AccessDeniedException(target.toString())
                : new FileSystemException(target.toString(), null, reason(failure));
    }

    private static String reason(FileSystemException failure) {
        return failure instanceof NoSuchFileException
                ? "Its folder, or the new file beside it, is gone: something else has changed it at the same time."
                : failure.getReason();
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!placed) {
            Files.deleteIfExists(candidate);
        }
    }
}
