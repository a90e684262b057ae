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
 * @param edits the files that it touches in part, for reports
 */
public record Change<R extends Resource>(
        Declared<R> declared,
        Action action,
        Optional<R> before,
        List<AttributeChange> attributes,
        List<FileEdit> edits) {

    /** A change that touches no file in part, as far as is known. */
    public Change(Declared<R> declared, Action action, Optional<R> before, List<AttributeChange> attributes) {
        this(declared, action, before, attributes, List.of());
    }

    public Change<R> with(List<FileEdit> touched) {
        return new Change<>(declared, action, before, attributes, touched);
    }

    public ResourceId id() {
        return declared.id();
    }

    public R desired() {
        return declared.desired();
    }

    /** Whether the thing has to be made anew, since it cannot be changed in place. */
    public boolean recreates() {
        return action == Action.UPDATE
                && attributes.stream().anyMatch(change -> change.attribute().recreates());
    }

    /** Whether the change names this attribute. */
    public boolean names(String attribute) {
        return attributes.stream().anyMatch(change -> change.attribute().name().equals(attribute));
    }
}
