package dev.converge.target;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.facts.Facts;
import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.schema.TypeRegistry;
import java.util.List;
import java.util.Optional;

/**
 * All that is done at a host's first boot, in an order that holds.
 *
 * @param catalog what it was made from; its edges say what may not change places
 * @param parts one for each resource, in the catalog's order
 */
public record FirstBootPlan(Catalog catalog, List<Part> parts) {
    public FirstBootPlan {
        parts = List.copyOf(parts);
    }

    /** What a catalog comes to. What cannot be said in steps is among the parts, with the reason. */
    public static FirstBootPlan of(Catalog catalog, TypeRegistry types, Facts facts) {
        return new FirstBootPlan(catalog, new Lowering(catalog, types, facts).parts());
    }

    /** The same, where a manifest only stands for something that an author has said in another place. */
    public FirstBootPlan told(String manifest, SourceRange place) {
        return new FirstBootPlan(
                catalog,
                parts.stream()
                        .map(part -> part.declared().source().file().equals(manifest) ? part.from(place) : part)
                        .toList());
    }

    /**
     * What a resource comes to.
     *
     * @param steps its own
     * @param refresh what follows them, once, when something that notifies it has changed; empty where nothing does
     * @param refused why there are no steps; empty when there are
     */
    public record Part(Declared<?> declared, List<Step> steps, List<Step> refresh, Optional<Diagnostic> refused) {
        public Part {
            steps = List.copyOf(steps);
            refresh = List.copyOf(refresh);
        }

        /** One that nothing notifies. */
        public Part(Declared<?> declared, List<Step> steps) {
            this(declared, steps, List.of(), Optional.empty());
        }

        private Part from(SourceRange place) {
            return new Part(declared.from(place), steps, refresh, refused);
        }

        static Part refused(Declared<?> declared, Diagnostic why) {
            return new Part(declared, List.of(), List.of(), Optional.of(why));
        }
    }
}
