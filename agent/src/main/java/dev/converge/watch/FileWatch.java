package dev.converge.watch;

import dev.converge.model.ResourceId;
import dev.converge.provider.Host;
import dev.converge.provider.WatchPoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices what moves in the file system, with one thread. Folders are watched and not files, so that it makes no
 * difference whether a file is written, or replaced by another one, or comes later.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
final class FileWatch implements Source {
    private final Moves moves;
    private final Path root;
    private final WatchService service;
    private final Folders folders;
    private final Pathfinder pathfinder;
    private final Map<WatchPoint, Trail> trails = new LinkedHashMap<>();

    /** @throws IOException when the kernel allows no more of them */
    FileWatch(Host host, int most, Moves moves) throws IOException {
        this.moves = moves;
        this.root = host.path(Path.of("/"));
        this.service = root.getFileSystem().newWatchService();
        this.folders = new Folders(service, most);
        this.pathfinder = new Pathfinder(host, folders);
        Thread thread = new Thread(this::listen, "converge-watch-files");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public synchronized Set<ResourceId> watch(Map<WatchPoint, Set<ResourceId>> points) {
        folders.lookAgain();
        Map<WatchPoint, Trail> before = new LinkedHashMap<>(trails);
        trails.clear();
        Set<ResourceId> missed = new LinkedHashSet<>();
        points.forEach((point, ids) -> trail(point, before).ifPresent(trail -> {
            trail.concerns(ids);
            trails.put(point, trail);
        }));
        before.forEach((point, trail) -> {
            if (!trails.containsKey(point)) {
                trail.takeUp().forEach(folders::release);
            }
        });
        for (Trail trail : trails.values()) {
            if (trail.isCut()) {
                lay(trail);
            }
            if (trail.isCut()) {
                missed.addAll(trail.ids());
            }
        }
        return missed;
    }

    /** One that is new is laid with those that could not be. */
    private static Optional<Trail> trail(WatchPoint point, Map<WatchPoint, Trail> before) {
        Trail known = before.get(point);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Trail> made = Optional.empty();
        if (point instanceof WatchPoint.Entry entry) {
            made = Optional.of(Trail.to(entry));
        } else if (point instanceof WatchPoint.Tree tree) {
            made = Optional.of(Trail.to(tree));
        }
        made.ifPresent(trail -> trail.cut(true));
        return made;
    }

    private void lay(Trail trail) {
        Set<Folder> before = trail.takeUp();
        try {
            pathfinder.lay(trail);
            trail.cut(false);
        } catch (Folders.TooManyException e) {
            trail.cut(true);
        }
        before.forEach(folders::release);
    }

    private void listen() {
        try {
            while (true) {
                WatchKey key = service.take();
                List<WatchEvent<?>> events = key.pollEvents();
                hear(key, events, key.reset());
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // It was closed.
        }
    }

    /** @param there whether the folder still is */
    private synchronized void hear(WatchKey key, List<WatchEvent<?>> events, boolean there) {
        Optional<Folder> known = folders.of(key);
        if (known.isEmpty()) {
            return;
        }
        Folder folder = known.get();
        folders.lookAgain();
        Set<ResourceId> moved = new LinkedHashSet<>();
        Set<Trail> anew = new LinkedHashSet<>();
        for (WatchEvent<?> event : events) {
            if (event.kind() == StandardWatchEventKinds.OVERFLOW) {
                lost(folder, anew);
            } else {
                boolean replaced = event.kind() != StandardWatchEventKinds.ENTRY_MODIFY;
                entry(folder, event.context().toString(), replaced, moved, anew);
            }
        }
        if (!there) {
            folders.forget(folder);
            anew.addAll(folder.trails());
        }
        anew.forEach(trail -> moved.addAll(trail.ids()));
        anew.forEach(this::lay);
        moves.add(moved);
    }

    /** One folder has overflown, or the kernel's queue, and then all have: the root folder alone never is so busy. */
    private void lost(Folder folder, Set<Trail> anew) {
        anew.addAll(folder.trails());
        if (folder.real().equals(root)) {
            moves.lost();
        }
    }

    private void entry(Folder folder, String name, boolean replaced, Set<ResourceId> moved, Set<Trail> anew) {
        folder.at(name).forEach((trail, last) -> {
            if (replaced) {
                anew.add(trail);
            } else if (last) {
                moved.addAll(trail.ids());
            }
        });
        for (Trail tree : Set.copyOf(folder.trees())) {
            moved.addAll(tree.ids());
            if (replaced) {
                layBelow(tree, folder.real().resolve(name));
            }
        }
    }

    private void layBelow(Trail tree, Path real) {
        try {
            pathfinder.layTree(tree, real);
        } catch (Folders.TooManyException e) {
            tree.cut(true);
        } catch (IOException e) {
            // It is gone, or was no folder.
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
