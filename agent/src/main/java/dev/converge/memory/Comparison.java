package dev.converge.memory;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Repeats;
import dev.converge.model.Resource;
import dev.converge.model.Wish;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.report.Cause;
import dev.converge.report.Causes;
import dev.converge.schema.TypeSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Compares what is declared with what was applied last: where these are the same, it was the host that moved. */
final class Comparison {
    private Comparison() {}

    /**
     * @param last the resource as it was applied last
     * @param now the fingerprints of what is declared
     */
    static <R extends Resource> Causes of(
            Change<R> change, TypeSchema<R> schema, Optional<Applied> last, Map<String, String> now) {
        if (last.isEmpty()) {
            return all(change, Cause.NEW);
        }
        Declared<R> declared = change.declared();
        boolean intended = last.get().ensure() != declared.ensure()
                || (change.desired() instanceof Repeats work && work.repeats());
        if (intended) {
            return all(change, Cause.MANIFEST);
        }
        Map<String, String> before = last.get().attributes();
        boolean otherwise = change.action() != Action.DELETE && parametersMoved(schema, before, now);
        Map<String, Cause> causes = new LinkedHashMap<>();
        for (AttributeChange one : change.attributes()) {
            String name = one.attribute().name();
            boolean moved = otherwise || !same(name, before, now) || movesByItself(change, one);
            causes.put(name, moved ? Cause.MANIFEST : Cause.HOST);
        }
        return Causes.of(causes, otherwise ? Cause.MANIFEST : Cause.HOST);
    }

    private static Causes all(Change<?> change, Cause cause) {
        Map<String, Cause> causes = new LinkedHashMap<>();
        change.attributes().forEach(one -> causes.put(one.attribute().name(), cause));
        return new Causes(cause, causes);
    }

    /** A parameter says what the other attributes mean: with another one, none of them is what it was. */
    private static boolean parametersMoved(TypeSchema<?> schema, Map<String, String> before, Map<String, String> now) {
        for (Attribute attribute : schema.attributes()) {
            if (attribute.role() == Attribute.Role.PARAMETER && !same(attribute.name(), before, now)) {
                return true;
            }
        }
        return false;
    }

    /** A package that is missing was removed, and did not merely get old. */
    private static boolean movesByItself(Change<?> change, AttributeChange one) {
        return change.action() == Action.UPDATE && one.after() instanceof Wish<?> wish && wish.movesByItself();
    }

    private static boolean same(String name, Map<String, String> before, Map<String, String> now) {
        return Optional.ofNullable(before.get(name)).equals(Optional.ofNullable(now.get(name)));
    }
}
