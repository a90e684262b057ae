package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.Edits;
import dev.converge.provider.Host;
import dev.converge.provider.Inspects;
import dev.converge.provider.Provider;
import dev.converge.provider.Undo;
import dev.converge.provider.Undoes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The change that takes another one back, for every type alike: what was made shall be absent, what was changed shall be
 * as it was observed, and what was removed shall be there again. What the change did not name is not named either.
 */
public final class Inverse {
    private Inverse() {}

    /** What takes a change back that is about to be made. */
    public static <R extends Resource> Undo of(TypeSchema<R> schema, Provider<R> provider, Change<R> due, Host host)
            throws IOException, InterruptedException {
        Optional<Undo> own = provider instanceof Undoes<R> undoes ? undoes.undo(due, host) : Optional.empty();
        if (own.isPresent()) {
            return own.get();
        }
        Optional<Declared<R>> state = state(schema, whole(schema, provider, due, host));
        if (provider instanceof Edits<?>) {
            return new Undo.Files(state.<List<Declared<?>>>map(List::of).orElse(List.of()));
        }
        return state.map(Undo::to).orElseGet(() -> new Undo.Never(why(schema, due)));
    }

    /** What shall be absent is observed in part only; a removal takes all of it. */
    @SuppressWarnings("unchecked")
    private static <R extends Resource> Change<R> whole(
            TypeSchema<R> schema, Provider<R> provider, Change<R> due, Host host)
            throws IOException, InterruptedException {
        if (due.action() != Action.DELETE || due.before().isEmpty() || !(provider instanceof Inspects<?>)) {
            return due;
        }
        Optional<R> seen = ((Inspects<R>) provider).inspect(due.id().name(), host);
        if (seen.isEmpty()) {
            return due;
        }
        Object[] values = schema.values(due.before().get());
        Object[] all = schema.values(seen.get());
        for (Attribute attribute : schema.attributes()) {
            if (attribute.isProperty() && values[attribute.index()] instanceof Optional<?> known && known.isEmpty()) {
                values[attribute.index()] = all[attribute.index()];
            }
        }
        try {
            return new Change<>(due.declared(), due.action(), Optional.of(schema.create(values)), due.attributes());
        } catch (InvalidValueException e) {
            return due; // the manifest and the host say the same thing by attributes that exclude each other
        }
    }

    /** The state before as a declaration; empty where a declaration cannot say it. */
    public static <R extends Resource> Optional<Declared<R>> state(TypeSchema<R> schema, Change<R> change) {
        return switch (change.action()) {
            case CREATE -> schema.absentable() ? Optional.of(absent(schema, change)) : Optional.empty();
            case UPDATE -> updated(schema, change);
            case DELETE -> change.before().map(seen -> declared(change, seen));
        };
    }

    private static <R extends Resource> Declared<R> absent(TypeSchema<R> schema, Change<R> change) {
        R named = schema.create(parameters(schema, change));
        return new Declared<>(
                change.id(), named, Ensure.ABSENT, change.declared().source(), Policy.none());
    }

    private static <R extends Resource> Optional<Declared<R>> updated(TypeSchema<R> schema, Change<R> change) {
        Object[] values = parameters(schema, change);
        Object[] before = schema.values(change.before().orElseThrow());
        for (AttributeChange each : change.attributes()) {
            Attribute attribute = each.attribute();
            if (attribute.role() != Attribute.Role.PROPERTY || each.before().isEmpty()) {
                return Optional.empty();
            }
            values[attribute.index()] = before[attribute.index()];
        }
        return Optional.of(declared(change, schema.create(values)));
    }

    private static <R extends Resource> Declared<R> declared(Change<R> change, R state) {
        return new Declared<>(
                change.id(), state, Ensure.PRESENT, change.declared().source(), Policy.none());
    }

    /** How the manifest wants it converged, without what it wants. */
    private static <R extends Resource> Object[] parameters(TypeSchema<R> schema, Change<R> change) {
        Object[] values = schema.values(change.desired());
        for (Attribute attribute : schema.attributes()) {
            if (attribute.role() == Attribute.Role.PROPERTY) {
                leaveOut(attribute, values);
            }
        }
        return values;
    }

    /** What cannot be left out stays as it is. */
    private static void leaveOut(Attribute attribute, Object[] values) {
        values[attribute.index()] = switch (attribute.shape()) {
            case ONE -> values[attribute.index()];
            case LIST -> List.of();
            case MAP -> Map.of();
            case OPTIONAL, OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> Optional.empty();
        };
    }

    private static String why(TypeSchema<?> schema, Change<?> change) {
        return switch (change.action()) {
            case CREATE -> "Nothing takes back what was " + schema.creation() + ".";
            case UPDATE -> {
                List<String> names = new ArrayList<>();
                change.attributes().forEach(each -> names.add(each.attribute().name()));
                yield "There was no " + String.join(", ", names) + " before that could be declared again.";
            }
            case DELETE -> "What it was like is not known well enough to make it again.";
        };
    }
}
