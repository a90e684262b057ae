package dev.converge.filesystem;

import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts a symbolic link in place in one step, so that nobody finds its path empty. */
public final class NewLink {
    private NewLink() {}

    /**
     * Makes the link; a directory in its place is removed just before.
     *
     * @param real the real path of the link
     * @param target where it leads
     */
    public static void place(Path real, Path target, Ownership ownership, Host host) throws IOException {
        Path candidate = NewFile.candidateFor(real);
        host.noteTemporary(candidate);
        Files.deleteIfExists(candidate);
        try {
            Files.createSymbolicLink(candidate, target);
            ownership.applyTo(candidate);
            if (Stat.of(real).map(Stat::isDirectory).orElse(false)) {
                Removal.of(real);
            }
            Files.move(candidate, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(candidate);
        }
    }
}
