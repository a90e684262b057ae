package dev.converge.converger;

import dev.converge.schema.TypeRegistry;
import java.util.HashMap;
import java.util.Map;

/** The types of a plan's resources, by the resources' numbers; one provider per type and run. */
final class Kinds {
    private final Kind<?>[] kinds;
    private final int[] groups;

    private Kinds(Kind<?>[] kinds, int[] groups) {
        this.kinds = kinds;
        this.groups = groups;
    }

    /** @param guard judges every change */
    static Kinds of(Plan plan, TypeRegistry types, Guard guard) {
        Map<String, Kind<?>> byName = new HashMap<>();
        Map<Kind<?>, Integer> groupOf = new HashMap<>();
        Kind<?>[] kinds = new Kind<?>[plan.size()];
        int[] groups = new int[plan.size()];
        for (int i = 0; i < kinds.length; i++) {
            String type = plan.resource(i).id().type();
            Kind<?> kind = byName.get(type);
            if (kind == null) {
                kind = new Kind<>(types.get(type), guard);
                byName.put(type, kind);
                groupOf.put(kind, kind.batch().isPresent() ? groupOf.size() + 1 : 0);
            }
            kinds[i] = kind;
            groups[i] = groupOf.get(kind);
        }
        return new Kinds(kinds, groups);
    }

    Kind<?> get(int number) {
        return kinds[number];
    }

    /** Per resource, a number from 1 for a type that changes its resources together; 0 for the others. */
    int[] groups() {
        return groups;
    }
}
