package dev.converge.testing;

import dev.converge.model.Catalog;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which resource an order leads from, and to. */
final class Reach {
    private final Map<ResourceId, List<Edge>> from = new HashMap<>();

    Reach(Catalog catalog) {
        catalog.edges().forEach(edge -> from.computeIfAbsent(edge.from(), id -> new ArrayList<>())
                .add(edge));
    }

    /** Whether orders put one before the other, directly or by way of others. */
    boolean isBefore(ResourceId first, ResourceId second) {
        Set<ResourceId> seen = new HashSet<>();
        Deque<ResourceId> open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            for (Edge edge : from.getOrDefault(open.pop(), List.of())) {
                if (edge.to().equals(second)) {
                    return true;
                }
                if (seen.add(edge.to())) {
                    open.push(edge.to());
                }
            }
        }
        return false;
    }

    boolean isNotified(ResourceId source, ResourceId target) {
        return from.getOrDefault(source, List.of()).stream()
                .anyMatch(edge -> edge.kind() == Edge.Kind.NOTIFY && edge.to().equals(target));
    }
}
