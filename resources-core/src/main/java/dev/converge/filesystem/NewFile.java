package dev.converge.filesystem;

import dev.converge.model.Content;
import dev.converge.posix.ExtendedAttributes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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

    private final Path target;
    private final Path candidate;
    private boolean placed;

    private NewFile(Path target, Path candidate) {
        this.target = target;
        this.candidate = candidate;
    }

    /**
     * An empty file that only its owner can read.
     *
     * @param target the real path that it will take
     */
    public static NewFile beside(Path target) throws IOException {
        Path candidate = candidateFor(target);
        try {
            Files.deleteIfExists(candidate);
            Files.createFile(candidate, ONLY_OWNER);
            return new NewFile(target, candidate);
        } catch (FileSystemException e) {
            throw naming(target, e);
        }
    }

    static Path candidateFor(Path target) {
        String name = target.getFileName().toString();
        String shown = name.length() * 3 > NAME_BYTES ? name.substring(0, NAME_BYTES / 3) : name;
        return target.resolveSibling("." + shown + ".converge-" + Integer.toHexString(name.hashCode() & 0xffffff));
    }

    /** The path of the file until it is placed. */
    public Path path() {
        return candidate;
    }

    public void write(Content content) throws IOException {
        try (InputStream in = content.open();
                FileChannel out = FileChannel.open(candidate, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ByteBuffer piece = ByteBuffer.wrap(buffer, 0, count);
                while (piece.hasRemaining()) {
                    out.write(piece);
                }
            }
        }
    }

    /** Takes over the ACL, SELinux context and extended attributes of the file that it replaces. */
    public void inherit() throws IOException {
        ExtendedAttributes.copy(target, candidate);
    }

    /** Takes the target's place, on the disk too. */
    public void place() throws IOException {
        sync(candidate, StandardOpenOption.WRITE);
        placeUnsynced();
        sync(target.getParent(), StandardOpenOption.READ);
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
                : new FileSystemException(target.toString(), null, failure.getReason());
    }

    private static void sync(Path path, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(path, Set.of(how))) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        if (!placed) {
            Files.deleteIfExists(candidate);
        }
    }
}
