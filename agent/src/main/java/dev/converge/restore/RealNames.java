package dev.converge.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Finds the name under which a path is known, when links lead to its folder; each folder is looked at once. */
final class RealNames {
    private final Path root;
    private final Map<Path, Path> folders = new HashMap<>();

    /** @param root the folder that is the host's {@code /} */
    RealNames(Path root) {
        this.root = root;
    }

    /** The same path by a known one that it is, or that it is below of. */
    Optional<Path> known(Path asked, Iterable<Path> known) {
        Path real = real(asked);
        for (Path one : known) {
            if (real.startsWith(real(one))) {
                return Optional.of(one.resolve(real(one).relativize(real)).normalize());
            }
        }
        return Optional.empty();
    }

    /** Its last name is not followed: it may be the link that is meant. */
    private Path real(Path path) {
        Path folder = path.getParent();
        return folder == null ? path : followed(folder).resolve(path.getFileName());
    }

    /** What is not there any more stays as it is named, below what still is. */
    private Path followed(Path folder) {
        Path seen = folders.get(folder);
        if (seen == null) {
            seen = look(folder);
            folders.put(folder, seen);
        }
        return seen;
    }

    private Path look(Path folder) {
        try {
            Path real = KeptStates.real(root, folder).toRealPath();
            Path base = root.toRealPath();
            return real.startsWith(base) ? folder.getRoot().resolve(base.relativize(real)) : folder;
        } catch (IOException e) {
            return real(folder);
        }
    }
}
