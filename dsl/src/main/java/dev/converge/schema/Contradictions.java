package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import java.util.ArrayList;
import java.util.List;

/** Finds resources of which no host can have both: a file in a directory that shall be absent. */
public final class Contradictions {
    private Contradictions() {}

    /** One diagnostic for each resource that shall be below an absent one, in the order of declaration. */
    public static List<Diagnostic> of(List<Declared<?>> resources, TypeRegistry types) {
        List<Declared<?>> absent = new ArrayList<>();
        for (Declared<?> resource : resources) {
            if (resource.ensure() == Ensure.ABSENT
                    && types.get(resource.id().type()).removesBelow()) {
                absent.add(resource);
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        for (Declared<?> above : absent) {
            for (Declared<?> resource : resources) {
                if (resource.ensure() == Ensure.PRESENT && isBelow(resource, above, types)) {
                    found.add(contradiction(resource, above));
                }
            }
        }
        return found;
    }

    private static boolean isBelow(Declared<?> resource, Declared<?> above, TypeRegistry types) {
        String folder = above.id().name() + "/";
        return resource.id().name().startsWith(folder)
                && types.get(resource.id().type()).idAttribute().ancestors();
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
