package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds resources of which no host can have both: a file in a directory that shall be absent. */
public final class Contradictions {
    private Contradictions() {}

    /** One diagnostic for each resource that shall be below an absent one, in the order of declaration. */
    public static List<Diagnostic> of(List<Declared<?>> resources, TypeRegistry types) {
        Map<String, Declared<?>> absent = new HashMap<>();
        for (Declared<?> resource : resources) {
            if (resource.ensure() == Ensure.ABSENT
                    && types.get(resource.id().type()).removesBelow()) {
                absent.putIfAbsent(resource.id().name(), resource);
            }
        }
        if (absent.isEmpty()) {
            return List.of();
        }
        List<Diagnostic> found = new ArrayList<>();
        for (Declared<?> resource : resources) {
            boolean below = resource.ensure() == Ensure.PRESENT
                    && types.get(resource.id().type()).idAttribute().ancestors();
            if (below) {
                above(resource.id().name(), absent).ifPresent(folder -> found.add(contradiction(resource, folder)));
            }
        }
        return found;
    }

    /** The nearest of the folders that a path is in. */
    private static Optional<Declared<?>> above(String path, Map<String, Declared<?>> folders) {
        for (int slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            Declared<?> folder = folders.get(path.substring(0, slash));
            if (folder != null) {
                return Optional.of(folder);
            }
        }
        return Optional.empty();
    }

    private static Diagnostic contradiction(Declared<?> resource, Declared<?> above) {
        return Diagnostic.error(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Resources contradict each other",
                        resource.id() + " cannot be there when " + above.id() + " is absent.")
                .at(resource.source())
                .suggest("Make it absent too, or leave the " + above.id().type() + " there.")
                .related(Related.at(above.id() + " is made absent here", above.source()));
    }
}
