package dev.converge.target;

import dev.converge.firstboot.Step;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import java.util.List;

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

    /**
     * What a resource comes to.
     *
     * @param steps its own, and then those of its refresh where something notifies it
     */
    public record Part(Declared<?> declared, List<Step> steps) {
        public Part {
            steps = List.copyOf(steps);
        }
    }
}
