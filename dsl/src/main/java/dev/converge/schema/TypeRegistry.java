package dev.converge.schema;

import dev.converge.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All resource types on the class path, from the indexes that the annotation processor writes; loaded when first used. */
public final class TypeRegistry {
    /** Where the annotation processor writes its index: lines of {@code name schemaClass declarationsInterface}. */
    public static final String INDEX = "META-INF/converge/types";

    private final ClassLoader loader;
    private final Map<String, List<String>> entries;
    private final Map<String, TypeSchema<?>> loaded = new ConcurrentHashMap<>();

    private PolicyRegistry policies;

    private TypeRegistry(ClassLoader loader, Map<String, List<String>> entries) {
        this.loader = loader;
        this.entries = entries;
    }

    public static TypeRegistry of(ClassLoader loader) {
        return new TypeRegistry(loader, Index.read(loader, INDEX));
    }

    /** What the types, and all that is generated for them, are loaded by. */
    public ClassLoader loader() {
        return loader;
    }

    /** The names of all types, sorted. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** The names of the generated interfaces that give a manifest its words, sorted by type. */
    public List<String> declarationInterfaces() {
        List<String> names = new ArrayList<>();
        for (List<String> entry : entries.values()) {
            names.add(entry.get(1));
        }
        return names;
    }

    /** The name of the generated class that stands between the braces of a type. */
    public String bodyClass(String type) {
        String declarations = entries.get(type).get(1);
        return declarations.substring(0, declarations.length() - "Declarations".length()) + "Body";
    }

    /** What a site may set for all of its resources; read when a site is compiled. */
    public synchronized PolicyRegistry policies() {
        if (policies == null) {
            policies = PolicyRegistry.of(loader);
        }
        return policies;
    }

    public Optional<TypeSchema<?>> find(String name) {
        List<String> entry = entries.get(name);
        return entry == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(name, key -> load(entry.get(0))));
    }

    /** The schema of a type that is known to exist, such as that of a declared resource. */
    @SuppressWarnings("unchecked")
    public <R extends Resource> TypeSchema<R> get(String name) {
        return (TypeSchema<R>) find(name).orElseThrow(() -> new IllegalArgumentException("no resource type " + name));
    }

    private TypeSchema<?> load(String schema) {
        try {
            return (TypeSchema<?>)
                    Class.forName(schema, true, loader).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load the resource type " + schema, e);
        }
    }
}
