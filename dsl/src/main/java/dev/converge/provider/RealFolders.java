package dev.converge.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where the folders of a host are, whatever links lead to them; each is looked at once. */
public final class RealFolders {
    private final Host host;
    private final Map<Path, Path> known = new ConcurrentHashMap<>();

    public RealFolders(Host host) {
        this.host = host;
    }

    /** The path without links on the way to its last name. */
    public Path path(Path path) {
        Path folder = path.getParent();
        return folder == null
                ? path
                : known.computeIfAbsent(folder, this::followed).resolve(path.getFileName());
    }

    /** The path without links, its last name's too; as it is where it is missing, or leads out of the host. */
    Path followed(Path path) {
        try {
            Path root = host.root().toRealPath();
            Path real = host.path(path).toRealPath();
            return real.startsWith(root) ? path.getRoot().resolve(root.relativize(real)) : path;
        } catch (IOException e) {
            return path;
        }
    }
}
