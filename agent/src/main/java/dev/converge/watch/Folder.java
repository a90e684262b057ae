package dev.converge.watch;

import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A folder that is watched, and which trails lead through what in it. */
final class Folder {
    private final WatchKey key;
    private final Path real;

    /** Per name, the trails that lead there, and whether they end there. */
    private final Map<String, Map<Trail, Boolean>> names = new HashMap<>();

    /** Those that are about whatever is in it. */
    private final Set<Trail> trees = new LinkedHashSet<>();

    Folder(WatchKey key, Path real) {
        this.key = key;
        this.real = real;
    }

    WatchKey key() {
        return key;
    }

    Path real() {
        return real;
    }

    void add(String name, Trail trail, boolean last) {
        names.computeIfAbsent(name, any -> new HashMap<>()).merge(trail, last, Boolean::logicalOr);
    }

    void add(Trail tree) {
        trees.add(tree);
    }

    /** @param through the names by which it leads through here */
    void remove(Trail trail, Set<String> through) {
        trees.remove(trail);
        for (String name : through) {
            Map<Trail, Boolean> there = names.get(name);
            there.remove(trail);
            if (there.isEmpty()) {
                names.remove(name);
            }
        }
    }

    Map<Trail, Boolean> at(String name) {
        return names.getOrDefault(name, Map.of());
    }

    Set<Trail> trees() {
        return trees;
    }

    Set<Trail> trails() {
        Set<Trail> all = new LinkedHashSet<>(trees);
        names.values().forEach(there -> all.addAll(there.keySet()));
        return all;
    }

    boolean isIdle() {
        return names.isEmpty() && trees.isEmpty();
    }
}
