package dev.converge.filesystem;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Makes a folder that has its owner and bits from its first moment on. When nothing manages its bits later, those that
 * it is born with are those that it keeps, also when the run is killed right then.
 */
public final class EmptyFolder {
    private static final FileAttribute<?> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private EmptyFolder() {}

    /** @param place the real path, where nothing is */
    public static void make(Path place, Ownership ownership, Host host) throws IOException {
        Path candidate = NewFile.candidateFor(place);
        host.noteTemporary(candidate);
        Files.deleteIfExists(candidate);
        try {
            Files.createDirectory(candidate, ONLY_OWNER);
            ownership.applyTo(candidate);
            Files.move(candidate, place, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(candidate);
        }
    }
}
