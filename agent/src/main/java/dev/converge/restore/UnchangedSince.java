package dev.converge.restore;

import dev.converge.converger.Guard;
import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.Wish;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.ResourceFailure;
import dev.converge.schema.StoredResource;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.state.PathMark;
import dev.converge.state.UndoFile;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Lets a change be taken back only while the host is as the run has left it: what came later is not lost. */
final class UnchangedSince implements Guard {
    private static final String ADVICE =
            "Look at it with --dry-run --force; --force takes it back all the same, and what is replaced is kept.";

    private final TypeRegistry types;
    private final Map<ResourceId, UndoFile.Entry> made = new HashMap<>();
    private final Map<ResourceId, String> refused = new HashMap<>();
    private final Map<ResourceId, String> occupied = new HashMap<>();

    UnchangedSince(TypeRegistry types) {
        this.types = types;
    }

    /** A state that takes back a change. */
    void expect(ResourceId state, UndoFile.Entry change) {
        made.put(state, change);
    }

    /** A state that is not brought back where it differs. */
    void refuse(ResourceId state, String why) {
        refused.put(state, why);
    }

    /** A state that the run has removed: where there is nothing now, nothing is lost by it. */
    void refuseIfThere(ResourceId state, String why) {
        occupied.put(state, why);
    }

    @Override
    public <R extends Resource> void check(Change<R> change) {
        if (refused.containsKey(change.id())) {
            throw new ResourceFailure(refused.get(change.id()), ADVICE);
        }
        if (occupied.containsKey(change.id()) && change.action() != Action.CREATE) {
            throw new ResourceFailure(occupied.get(change.id()), ADVICE);
        }
        UndoFile.Entry entry = made.get(change.id());
        if (entry == null) {
            return;
        }
        boolean back = entry.action().equals("delete");
        if (change.action() == Action.CREATE != back) {
            throw new ResourceFailure(
                    change.id() + (back ? " is there again" : " is gone") + " since that run.", ADVICE);
        }
        if (change.action() == Action.DELETE) {
            checkAll(change, entry);
        }
        for (AttributeChange each : change.attributes()) {
            each.before().ifPresent(now -> check(change, each.attribute(), now, entry));
        }
    }

    private <R extends Resource> void checkAll(Change<R> change, UndoFile.Entry entry) {
        TypeSchema<R> schema = types.get(change.id().type());
        Object[] seen = schema.values(change.before().orElseThrow());
        for (Attribute attribute : schema.attributes()) {
            Object now = seen[attribute.index()];
            Optional<?> known = now instanceof Optional<?> optional ? optional : Optional.of(now);
            if (attribute.role() == Attribute.Role.PROPERTY) {
                known.ifPresent(value -> check(change, attribute, value, entry));
            }
        }
    }

    private void check(Change<?> change, Attribute attribute, Object now, UndoFile.Entry entry) {
        Object left = entry.left().get(attribute.name());
        if (left != null && !isLeft(types.get(change.id().type()), attribute, left, now)) {
            throw new ResourceFailure(
                    attribute.name() + " of " + change.id() + " was changed again since that run.", ADVICE);
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean isLeft(TypeSchema<?> schema, Attribute attribute, Object left, Object now) {
        if (now instanceof Content content) {
            return PathMark.of(content).text().equals(left);
        }
        try {
            Object value = StoredResource.readValue(schema, attribute, left, (digest, size) -> {
                throw new InvalidValueException("No content is compared here.");
            });
            return value instanceof Wish<?> wish ? ((Wish<Object>) wish).satisfiedBy(now) : value.equals(now);
        } catch (InvalidValueException e) {
            return true;
        }
    }
}
