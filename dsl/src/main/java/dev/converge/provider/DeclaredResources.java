package dev.converge.provider;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.KeepsTree;
import dev.converge.model.KeptInFiles;
import dev.converge.model.ResourceId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What else the manifest declares: the paths that a purge below a folder must leave alone, and the names that a
 * provider asks the host for in one call. The converger publishes it before a run, as a database of the host.
 */
public final class DeclaredResources {
    private static final DeclaredResources UNKNOWN = new DeclaredResources(List.of(), Optional.empty());

    private final List<Declared<?>> resources;
    private final Optional<RealFolders> folders;
    private NavigableSet<Path> paths;
    private Set<Path> trees;

    private DeclaredResources(List<Declared<?>> resources, Optional<RealFolders> folders) {
        this.resources = resources;
        this.folders = folders;
    }

    /** What a catalog declares. */
    public static DeclaredResources of(Catalog catalog) {
        return new DeclaredResources(catalog.resources(), Optional.empty());
    }

    /** Sorted when the first purge asks: most runs have none, and some have ten thousand paths. */
    private synchronized NavigableSet<Path> paths() {
        if (paths == null) {
            paths = new TreeSet<>();
            present().forEach(resource -> addPaths(resource, paths));
        }
        return paths;
    }

    private synchronized Set<Path> trees() {
        if (trees == null) {
            trees = present()
                    .filter(resource -> resource.desired() instanceof KeepsTree tree && tree.keepsTree())
                    .map(resource -> real(Path.of(resource.id().name())))
                    .collect(Collectors.toSet());
        }
        return trees;
    }

    private Stream<Declared<?>> present() {
        return resources.stream().filter(resource -> resource.ensure() == Ensure.PRESENT);
    }

    private void addPaths(Declared<?> resource, Set<Path> paths) {
        if (resource.id().name().startsWith("/")) {
            paths.add(real(Path.of(resource.id().name())));
        }
        if (resource.desired() instanceof KeptInFiles kept) {
            for (Path file : kept.files()) {
                paths.add(real(file));
                folders.ifPresent(known -> paths.add(known.followed(file)));
            }
        }
    }

    /** What is declared by one path is not removed by another that links make to it. */
    private Path real(Path path) {
        return folders.map(known -> known.path(path)).orElse(path);
    }

    /** Lets the providers of a run know what its catalog declares. */
    public static void publish(Catalog catalog, Host host) throws IOException, InterruptedException {
        host.invalidate(DeclaredResources.class);
        Optional<RealFolders> folders = Optional.of(new RealFolders(host));
        host.database(DeclaredResources.class, ignored -> new DeclaredResources(catalog.resources(), folders));
    }

    /**
     * Those of the run that is going on.
     *
     * @throws ResourceFailure when nobody published them: without them, a purge could remove what is declared
     */
    public static DeclaredResources on(Host host) throws IOException, InterruptedException {
        DeclaredResources published = published(host);
        if (published == UNKNOWN) {
            throw new ResourceFailure("Nothing is purged outside a run: what else is declared is not known.");
        }
        return published;
    }

    /** The same for those that remove nothing: outside a run, nothing is declared. */
    public static DeclaredResources published(Host host) throws IOException, InterruptedException {
        return host.database(DeclaredResources.class, ignored -> UNKNOWN);
    }

    /**
     * The names of all declared resources of a type, in their order; outside a run only the one given.
     *
     * @param asked the one that is being looked at; among the names in any case
     */
    public static List<String> names(String type, String asked, Host host) throws IOException, InterruptedException {
        Set<String> names = new LinkedHashSet<>(names(type, host));
        names.add(asked);
        return List.copyOf(names);
    }

    /** The names of all declared resources of a type, in their order; outside a run none. */
    public static List<String> names(String type, Host host) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        for (Declared<?> resource : published(host).resources) {
            if (resource.id().type().equals(type)) {
                names.add(resource.id().name());
            }
        }
        return names;
    }

    /** Another resource that is declared, by the one spelling that its type has for it; empty outside a run. */
    public static Optional<Declared<?>> find(ResourceId id, Host host) throws IOException, InterruptedException {
        return published(host).resources.stream()
                .filter(resource -> resource.id().equals(id))
                .findFirst();
    }

    public boolean contains(Path path) {
        return paths().contains(real(path));
    }

    /** Whether a declared resource answers for all that is below the path. */
    public boolean isKeptTree(Path path) {
        return trees().contains(real(path));
    }

    /** Whether something below the path is declared. */
    public boolean hasBelow(Path folder) {
        Path path = real(folder);
        NavigableSet<Path> sorted = paths();
        Path next = sorted.higher(path);
        while (next != null && !next.startsWith(path) && next.toString().startsWith(path.toString())) {
            next = sorted.higher(next);
        }
        return next != null && next.startsWith(path);
    }
}
