package dev.converge.testing;

import dev.converge.model.ResourceId;
import dev.converge.schema.TypeSchema;
import java.util.List;

/**
 * A resource as a spec wants it: {@code file('/etc/motd') { mode '0644' }}. What is not said is not compared.
 *
 * @param schema its type
 * @param ids its name, or the names of several that are alike
 * @param said what stands between the braces
 */
record WantedResource(TypeSchema<?> schema, List<ResourceId> ids, List<WantedBody.Said> said) {
    @Override
    public String toString() {
        return new ResourceNames(ids).toString();
    }
}
