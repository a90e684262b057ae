package dev.converge.testing;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.ResourceId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which declarations of the tested manifests some spec has looked at. One declaration may have made many resources, on
 * many systems: it is covered when a spec has named any of them.
 */
public final class Coverage {
    /**
     * A declaration that no spec has looked at.
     *
     * @param resource the first of those that it made
     */
    public record Untouched(ResourceId resource, SourceRange place) {}

    private final Map<SourceRange, ResourceId> declared = new TreeMap<>();
    private final Set<SourceRange> touched = new HashSet<>();

    synchronized void compiled(ResourceId id, SourceRange place) {
        declared.putIfAbsent(place, id);
    }

    synchronized void touched(SourceRange place) {
        touched.add(place);
    }

    /** How many declarations the specs have compiled. */
    public synchronized int total() {
        return declared.size();
    }

    /** Those that no spec has named, in the order of their places. */
    public synchronized List<Untouched> untouched() {
        return declared.entrySet().stream()
                .filter(one -> !touched.contains(one.getKey()))
                .map(one -> new Untouched(one.getValue(), one.getKey()))
                .toList();
    }
}
