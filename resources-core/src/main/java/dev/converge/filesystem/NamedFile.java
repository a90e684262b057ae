package dev.converge.filesystem;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** A file that a user has named for what Converge makes, such as a plan or a render. */
public final class NamedFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private NamedFile() {}

    /** Why nothing can be written to this path; empty when something can. */
    public static Optional<String> obstacle(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return Files.isRegularFile(target) ? Optional.empty() : Optional.of(file + " is there, and is not a file.");
        }
        return Files.isDirectory(target.getParent())
                ? Optional.empty()
                : Optional.of(target.getParent() + " is not a folder that exists.");
    }

    /** What it shall have. */
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes it. Nobody ever sees half of it. Where a link leads to a file, that file is replaced, and not the link.
     *
     * @param file one that has no {@link #obstacle}
     * @param rights who may do what with it
     */
    public static void replace(Path file, Set<PosixFilePermission> rights, Content content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path draft = Files.createTempFile(
                target.getParent(), ".converge", ".new", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.writeTo(out);
            }
            Files.setPosixFilePermissions(draft, rights);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
