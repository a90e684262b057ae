package dev.converge.provider;

import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.util.List;
import java.util.Optional;

/**
 * What has to happen to a resource.
 *
 * @param declared what the manifest says
 * @param action creation, update or deletion
 * @param before the observed state; empty for a creation
 * @param attributes the properties that differ; for a creation all that the author gave; none for a deletion
 */
public record Change<R extends Resource>(
        Declared<R> declared, Action action, Optional<R> before, List<AttributeChange> attributes) {

    public ResourceId id() {
        return declared.id();
    }

    public R desired() {
        return declared.desired();
    }

    /** Whether the change names this attribute. */
    public boolean names(String attribute) {
        return attributes.stream().anyMatch(change -> change.attribute().name().equals(attribute));
    }
}
