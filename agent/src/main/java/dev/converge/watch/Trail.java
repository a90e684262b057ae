package dev.converge.watch;

import dev.converge.model.ResourceId;
import dev.converge.provider.WatchPoint;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The way to something on the host that is watched: each folder on it is, so that one that is replaced is noticed. */
final class Trail {
    private final Path path;
    private final boolean followed;
    private final boolean tree;

    /** The folders that it leads through, and by which names in them. */
    private final Map<Folder, Set<String>> steps = new LinkedHashMap<>();

    private Set<ResourceId> ids = Set.of();
    private boolean cut;

    private Trail(Path path, boolean followed, boolean tree) {
        this.path = path;
        this.followed = followed;
        this.tree = tree;
    }

    static Trail to(WatchPoint.Entry point) {
        return new Trail(point.path(), point.followed(), false);
    }

    static Trail to(WatchPoint.Tree point) {
        return new Trail(point.path(), true, true);
    }

    /** Where it leads to, as the host sees it. */
    Path path() {
        return path;
    }

    /** Whether it goes on where a link at its end leads. */
    boolean isFollowed() {
        return followed;
    }

    /** Whether it is about all that is below its end. */
    boolean isTree() {
        return tree;
    }

    Set<ResourceId> ids() {
        return ids;
    }

    void concerns(Set<ResourceId> resources) {
        ids = resources;
    }

    /** Whether some of it could not be watched. */
    boolean isCut() {
        return cut;
    }

    void cut(boolean now) {
        cut = now;
    }

    /** One step of it: something in a folder. */
    void through(Folder folder, String name, boolean last) {
        folder.add(name, this, last);
        steps.computeIfAbsent(folder, any -> new HashSet<>()).add(name);
    }

    /** All that is in a folder. */
    void over(Folder folder) {
        folder.add(this);
        steps.computeIfAbsent(folder, any -> new HashSet<>());
    }

    /** Takes it up again; returns the folders that it led through. */
    Set<Folder> takeUp() {
        steps.forEach((folder, names) -> folder.remove(this, names));
        Set<Folder> before = Set.copyOf(steps.keySet());
        steps.clear();
        return before;
    }
}
