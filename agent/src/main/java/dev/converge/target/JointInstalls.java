package dev.converge.target;

import dev.converge.firstboot.Step.InstallPackage;
import dev.converge.model.Catalog;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Packages that a script installs in one go, as a run does: at the turn of the first of them, those for which nothing has to
 * come before that is done later. One that notifies something goes by itself: only its own turn can tell whether it was new.
 */
final class JointInstalls {
    private final Map<ResourceId, List<ResourceId>> before = new HashMap<>();
    private final Set<ResourceId> notifying = new HashSet<>();
    private final Set<ResourceId> pending = new HashSet<>();
    private final Map<ResourceId, List<String>> joint = new HashMap<>();

    private JointInstalls(Catalog catalog) {
        for (Edge edge : catalog.edges()) {
            before.computeIfAbsent(edge.to(), id -> new ArrayList<>()).add(edge.from());
            if (edge.kind() == Edge.Kind.NOTIFY) {
                notifying.add(edge.from());
            }
        }
    }

    /** @param parts in the order of the script; what is not among them is done before */
    static JointInstalls of(Catalog catalog, List<Part> parts) {
        JointInstalls installs = new JointInstalls(catalog);
        parts.forEach(part -> installs.pending.add(id(part)));
        Set<ResourceId> joined = new HashSet<>();
        for (int at = 0; at < parts.size(); at++) {
            Part first = parts.get(at);
            if (installs.isJoinable(first) && !joined.contains(id(first))) {
                joined.addAll(installs.join(first, parts.subList(at + 1, parts.size()), joined));
            }
            installs.pending.remove(id(first));
        }
        return installs;
    }

    /** What is installed at the turn of a part, itself included; nothing where it goes alone or came along before. */
    List<String> at(ResourceId id) {
        return joint.getOrDefault(id, List.of());
    }

    private Set<ResourceId> join(Part first, List<Part> later, Set<ResourceId> joined) {
        Set<ResourceId> together = new HashSet<>(Set.of(id(first)));
        List<String> names = new ArrayList<>(List.of(name(first)));
        for (Part part : later) {
            boolean ready = before.getOrDefault(id(part), List.of()).stream()
                    .allMatch(earlier -> together.contains(earlier) || !pending.contains(earlier));
            if (ready && isJoinable(part) && !joined.contains(id(part))) {
                together.add(id(part));
                names.add(name(part));
            }
        }
        if (names.size() > 1) {
            joint.put(id(first), List.copyOf(names));
        }
        return together;
    }

    private boolean isJoinable(Part part) {
        return part.steps().size() == 1
                && part.refresh().isEmpty()
                && !notifying.contains(id(part))
                && part.steps().get(0) instanceof InstallPackage wanted
                && wanted.version().isEmpty()
                && wanted.recommends().isEmpty()
                && !wanted.hold();
    }

    private static ResourceId id(Part part) {
        return part.declared().id();
    }

    private static String name(Part part) {
        return ((InstallPackage) part.steps().get(0)).name();
    }
}
