package dev.converge.testing;

import dev.converge.model.ResourceId;
import java.util.List;

/** Resources that a spec names, as a manifest does: {@code pkg['nginx']}. */
public record ResourceNames(List<ResourceId> ids) {
    public ResourceNames {
        ids = List.copyOf(ids);
    }

    @Override
    public String toString() {
        return String.join(", ", ids.stream().map(ResourceId::toString).toList());
    }
}
