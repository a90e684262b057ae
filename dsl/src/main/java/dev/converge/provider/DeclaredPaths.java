package dev.converge.provider;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The paths that a catalog's resources are named by: what a purge below a folder must leave alone. The converger
 * publishes them before a run, as a database of the host.
 */
public final class DeclaredPaths {
    private final Catalog catalog;
    private NavigableSet<Path> paths;

    private DeclaredPaths(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The paths of all resources that shall exist. */
    public static DeclaredPaths of(Catalog catalog) {
        return new DeclaredPaths(catalog);
    }

    /** Sorted when the first purge asks: most runs have none, and some have ten thousand paths. */
    private synchronized NavigableSet<Path> paths() {
        if (paths == null) {
            paths = new TreeSet<>();
            for (Declared<?> resource : catalog.resources()) {
                if (resource.ensure() == Ensure.PRESENT && resource.id().name().startsWith("/")) {
                    paths.add(Path.of(resource.id().name()));
                }
            }
        }
        return paths;
    }

    /** Lets the providers of a run know its catalog's paths. */
    public static void publish(Catalog catalog, Host host) throws IOException, InterruptedException {
        host.invalidate(DeclaredPaths.class);
        host.database(DeclaredPaths.class, ignored -> of(catalog));
    }

    /**
     * Those of the run that is going on.
     *
     * @throws ResourceFailure when nobody published them: without them, a purge could remove what is declared
     */
    public static DeclaredPaths on(Host host) throws IOException, InterruptedException {
        return host.database(DeclaredPaths.class, ignored -> {
            throw new ResourceFailure("Nothing is purged outside a run: what else is declared is not known.");
        });
    }

    public boolean contains(Path path) {
        return paths().contains(path);
    }

    /** Whether something below the path is declared. */
    public boolean hasBelow(Path path) {
        NavigableSet<Path> sorted = paths();
        Path next = sorted.higher(path);
        while (next != null && !next.startsWith(path) && next.toString().startsWith(path.toString())) {
            next = sorted.higher(next);
        }
        return next != null && next.startsWith(path);
    }
}
