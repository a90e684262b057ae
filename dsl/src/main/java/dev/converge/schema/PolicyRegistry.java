package dev.converge.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All policies on the class path, from the indexes that the annotation processor writes. */
public final class PolicyRegistry {
    /** Where the annotation processor writes its index: lines of {@code name schemaClass bodyClass}. */
    public static final String INDEX = "META-INF/converge/policies";

    private final ClassLoader loader;
    private final Map<String, List<String>> entries;

    private PolicyRegistry(ClassLoader loader, Map<String, List<String>> entries) {
        this.loader = loader;
        this.entries = entries;
    }

    public static PolicyRegistry of(ClassLoader loader) {
        return new PolicyRegistry(loader, Index.read(loader, INDEX));
    }

    /** The names of all policies, sorted. */
    public Set<String> names() {
        return entries.keySet();
    }

    /** The names of the generated classes that stand between the braces of policies. */
    public List<String> bodyClasses() {
        return entries.values().stream().map(entry -> entry.get(1)).toList();
    }

    /** The name of the generated class that stands between the braces of a policy that is known to exist. */
    public String bodyClass(String policy) {
        return entries.get(policy).get(1);
    }

    /** @param name what stands after {@code policy.} */
    public Optional<PolicySchema<?>> find(String name) {
        return Optional.ofNullable(entries.get(name)).map(entry -> load(entry.get(0)));
    }

    private PolicySchema<?> load(String schema) {
        try {
            return (PolicySchema<?>)
                    Class.forName(schema, true, loader).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot load the policy " + schema, e);
        }
    }
}
