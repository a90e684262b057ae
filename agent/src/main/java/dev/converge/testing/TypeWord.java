package dev.converge.testing;

import dev.converge.model.ResourceId;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The name of a resource type in a spec: {@code pkg['nginx']} and {@code pkg['nginx', 'curl']} name resources. */
public final class TypeWord {
    private final TypeSchema<?> schema;

    TypeWord(TypeSchema<?> schema) {
        this.schema = schema;
    }

    /** The resource of this name; on its own, since Groovy takes a text in brackets for a property elsewhere. */
    public ResourceNames getAt(String name) {
        return getAt(List.of(name));
    }

    /** The resource of this name. */
    public ResourceNames getAt(CharSequence name) {
        return getAt(List.of(name));
    }

    /** The resources of these names. */
    public ResourceNames getAt(Collection<?> names) {
        List<ResourceId> ids = new ArrayList<>();
        names.forEach(name -> ids.add(schema.id(String.valueOf(name))));
        return new ResourceNames(ids);
    }
}
