package dev.converge.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The folders that the files of a site are in. Who only compiles a site must not read for it what its links lead to: a key
 * of his own, which the catalog or a message would then show.
 */
public final class SiteBounds {
    /** Where nobody asks. */
    static final SiteBounds ANYWHERE = new SiteBounds(List.of(Path.of("/")));

    private final List<Path> folders;
    private final List<Path> real = new ArrayList<>();
    private final Map<Path, Path> parents = new HashMap<>();

    /** @param folders the site's, and those of its modules */
    public SiteBounds(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /** Whether a file that is there is in one of the folders, wherever links lead. */
    public synchronized boolean hold(Path file) throws IOException {
        Path parent = parents.get(file.getParent());
        if (parent == null) {
            parent = file.getParent().toRealPath();
            parents.put(file.getParent(), parent);
        }
        Path found = Files.isSymbolicLink(file) ? file.toRealPath() : parent.resolve(file.getFileName());
        for (Path folder : real()) {
            if (found.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    private List<Path> real() throws IOException {
        if (real.isEmpty()) {
            for (Path folder : folders) {
                real.add(folder.toRealPath());
            }
        }
        return real;
    }
}
