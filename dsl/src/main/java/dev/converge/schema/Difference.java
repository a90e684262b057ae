package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Resource;
import dev.converge.model.Wish;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What separates a resource from its desired state, for every type alike: providers never compare. */
public final class Difference {
    private Difference() {}

    /** The change that is needed; empty when the resource is in sync. */
    public static <R extends Resource> Optional<Change<R>> between(
            TypeSchema<R> schema, Declared<R> declared, Optional<R> observed) {
        if (declared.ensure() == Ensure.ABSENT) {
            return observed.map(state -> new Change<>(declared, Action.DELETE, observed, List.of()));
        }
        if (observed.isEmpty()) {
            List<AttributeChange> given = changes(schema, declared.desired(), null);
            return Optional.of(new Change<>(declared, Action.CREATE, Optional.empty(), given));
        }
        if (observed.get() == declared.desired()) {
            return Optional.empty();
        }
        List<AttributeChange> changes = changes(schema, declared.desired(), observed.get());
        return changes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change<>(declared, Action.UPDATE, observed, changes));
    }

    private static <R extends Resource> List<AttributeChange> changes(
            TypeSchema<R> schema, R desired, /* null: there is nothing yet */ R observed) {
        Object[] wanted = schema.values(desired);
        Object[] seen = observed == null ? null : schema.values(observed);
        List<AttributeChange> changes = new ArrayList<>();
        for (Attribute attribute : schema.attributes()) {
            Object wish = attribute.isProperty() ? plain(wanted[attribute.index()]) : null;
            if (wish == null) {
                continue;
            }
            if (seen == null && isDefault(attribute, wish)) {
                continue;
            }
            Object state = seen == null ? null : plain(seen[attribute.index()]);
            if (state == null || !satisfied(wish, state)) {
                changes.add(new AttributeChange(attribute, Optional.ofNullable(state), wish));
            }
        }
        return changes;
    }

    /** What the author did not give is no news when something is created. */
    private static boolean isDefault(Attribute attribute, Object wish) {
        boolean leftOut =
                switch (attribute.shape()) {
                    case LIST -> ((Collection<?>) wish).isEmpty();
                    case MAP -> ((Map<?, ?>) wish).isEmpty();
                    case ONE, OPTIONAL, OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> false;
                };
        return leftOut
                || attribute.defaultValue().filter(wish.toString()::equals).isPresent();
    }

    private static Object plain(Object component) {
        return component instanceof Optional<?> optional ? optional.orElse(null) : component;
    }

    @SuppressWarnings("unchecked")
    private static boolean satisfied(Object wish, Object state) {
        return wish instanceof Wish<?> open ? ((Wish<Object>) open).satisfiedBy(state) : wish.equals(state);
    }
}
