package dev.converge.target;

import dev.converge.firstboot.Ownership;
import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folders that RancherOS makes without being told, root's and 0755: those of its {@code write_files}, and those of the host
 * that containers ask for. What its shell needs before, and what nobody makes, its shell makes.
 */
final class RancherFolders {
    private final Catalog catalog;
    private final Map<ResourceId, Part> open = new LinkedHashMap<>();
    private final Set<Path> made = new HashSet<>();

    RancherFolders(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Whether it is such a folder, to be asked for later. */
    boolean takes(Part part) {
        boolean plain = !part.steps().isEmpty()
                && part.steps().stream()
                        .allMatch(step -> step instanceof Step.MakeFolder folder && isPlain(folder.ownership()));
        if (plain) {
            open.put(part.declared().id(), part);
        }
        return plain;
    }

    private static boolean isPlain(Ownership ownership) {
        return ownership.owner().filter(owner -> !owner.equals("root")).isEmpty()
                && ownership.group().filter(group -> !group.equals("root")).isEmpty()
                && ownership
                        .mode()
                        .filter(mode -> !mode.toString().equals("0755"))
                        .isEmpty();
    }

    /** A part that has keys: what these make. */
    void note(Part part) {
        for (Step step : part.steps()) {
            if (step instanceof Step.WriteFile file) {
                note(file.path().getParent());
            } else if (step instanceof Step.RunContainer container) {
                container.options().stream()
                        .filter(option -> option.name().equals("volume"))
                        .map(option -> option.value().reveal().split(":", 2)[0])
                        .filter(host -> host.startsWith("/"))
                        .forEach(host -> note(Path.of(host)));
            }
        }
    }

    private void note(Path folder) {
        for (Path above = folder; above != null; above = above.getParent()) {
            made.add(above);
        }
    }

    /** Those that a part comes after which the shell does. */
    List<Part> before(Part part) {
        List<Part> needed = new ArrayList<>();
        for (Edge edge : catalog.edges()) {
            if (edge.to().equals(part.declared().id()) && open.containsKey(edge.from())) {
                Part folder = open.remove(edge.from());
                needed.addAll(before(folder));
                needed.add(folder);
            }
        }
        return needed;
    }

    /** Those that nothing makes. */
    List<Part> left() {
        return open.values().stream()
                .filter(part -> !part.steps().stream()
                        .allMatch(step -> step instanceof Step.MakeFolder folder && made.contains(folder.path())))
                .toList();
    }
}
