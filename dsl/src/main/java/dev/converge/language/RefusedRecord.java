package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Attribute;
import dev.converge.model.InvalidValueException;
import dev.converge.schema.RecordSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells what a record was refused for: a type says what is wrong, not which of its attributes that is about. Those are
 * it without which the same would not be said; one alone has a bad value, several contradict each other.
 *
 * @param values the components that were refused
 * @param why what the type said
 */
record RefusedRecord(RecordSchema<?> schema, Object[] values, InvalidValueException why) {
    /**
     * @param places where the author gives an attribute
     * @param absent what a component holds without it
     * @param at where the whole of it stands
     */
    Diagnostic diagnostic(
            Function<Attribute, Optional<SourceRange>> places, Function<Attribute, Object> absent, SourceRange at) {
        List<Attribute> guilty = new ArrayList<>();
        for (Attribute attribute : schema.attributes()) {
            if (places.apply(attribute).isPresent() && isRightWithout(attribute, absent.apply(attribute))) {
                guilty.add(attribute);
            }
        }
        String message = SecretVault.mask(String.valueOf(why.getMessage()));
        if (guilty.size() > 1) {
            return Diagnostic.error(Code.CONFLICTING_ATTRIBUTES, "Attributes contradict each other", message)
                    .at(at)
                    .suggest(why.advice());
        }
        if (guilty.isEmpty()) { // Its name is wrong, or something is missing.
            return Diagnostic.error(Code.BAD_VALUE, "Bad value", message).at(at).suggest(why.advice());
        }
        Attribute one = guilty.get(0);
        return message.contains("\"" + one.name() + "\"")
                ? Diagnostic.error(Code.BAD_VALUE, "Bad value", message)
                        .at(places.apply(one).orElse(at))
                        .suggest(why.advice())
                : ValueCoercion.refusal(schema, one, why).at(places.apply(one).orElse(at));
    }

    private boolean isRightWithout(Attribute attribute, Object absent) {
        if (attribute.shape() == Attribute.Shape.ONE && !attribute.valueType().isInstance(absent)) {
            return false;
        }
        Object[] others = values.clone();
        others[attribute.index()] = absent;
        try {
            schema.create(others);
            return true;
        } catch (InvalidValueException other) {
            return !String.valueOf(other.getMessage()).equals(why.getMessage());
        }
    }
}
