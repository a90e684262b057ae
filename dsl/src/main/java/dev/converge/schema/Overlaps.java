package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.KeepsContent;
import dev.converge.model.KeptInFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds files that are declared both as a whole and in parts: unless these agree, each run undoes its own work. */
public final class Overlaps {
    private Overlaps() {}

    /** One warning for each part, in the order of declaration. */
    public static List<Diagnostic> of(List<Declared<?>> resources) {
        Map<Path, Declared<?>> wholes = new HashMap<>();
        for (Declared<?> resource : resources) {
            if (resource.desired() instanceof KeepsContent whole
                    && whole.keepsContent()
                    && resource.ensure() == Ensure.PRESENT) {
                wholes.put(Path.of(resource.id().name()), resource);
            }
        }
        List<Diagnostic> found = new ArrayList<>();
        for (Declared<?> resource : resources) {
            if (!wholes.isEmpty() && resource.desired() instanceof KeptInFiles part) {
                part.files().stream()
                        .filter(wholes::containsKey)
                        .forEach(file -> found.add(overlap(resource, wholes.get(file))));
            }
        }
        return found;
    }

    private static Diagnostic overlap(Declared<?> part, Declared<?> whole) {
        return Diagnostic.warning(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Resources may undo each other",
                        whole.id() + " gives its file all of its content, and " + part.id()
                                + " changes a part of it: unless they agree, both change it in each run.")
                .at(part.source())
                .suggest("Write it into the content, or declare only parts of the file.")
                .related(Related.at(whole.id() + " is declared here", whole.source()));
    }
}
