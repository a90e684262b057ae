package dev.converge.restore;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.schema.AutomaticEdges;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** States to bring back, on their way to a catalog; each is declared once. */
final class Declarations {
    private final Map<ResourceId, Declared<?>> all = new LinkedHashMap<>();

    void add(Declared<?> state) {
        all.putIfAbsent(state.id(), state);
    }

    /** In the order in which they were added, as far as that holds. */
    Catalog catalog(TypeRegistry types) {
        List<Declared<?>> resources = List.copyOf(all.values());
        List<Secret> secrets = new ArrayList<>();
        resources.forEach(resource -> secretsOf(resource, types, secrets));
        return Catalog.of(resources, List.of(), AutomaticEdges.of(resources, types), secrets)
                .value()
                .orElseThrow();
    }

    private static <R extends Resource> void secretsOf(Declared<R> declared, TypeRegistry types, List<Secret> into) {
        TypeSchema<R> schema = types.get(declared.id().type());
        for (Object value : schema.values(declared.desired())) {
            secretsIn(value, into);
        }
    }

    private static void secretsIn(Object value, List<Secret> into) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(one -> secretsIn(one, into));
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> secretsIn(one, into));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> secretsIn(one, into));
        } else if (value instanceof Secret secret) {
            into.add(secret);
        } else if (value instanceof Text text) {
            into.addAll(text.secrets());
        }
    }
}
