package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attribute that says something about a resource: given by the author, and not what it would be anyway.
 *
 * @param attribute which
 * @param value its value, never an {@code Optional}
 */
public record GivenAttribute(Attribute attribute, Object value) {

    /** Those of a declared resource, in the order of its type. */
    public static <R extends Resource> List<GivenAttribute> of(TypeSchema<R> schema, Declared<R> declared) {
        List<GivenAttribute> given = of(schema, declared.desired());
        if (declared.ensure() == Ensure.ABSENT) {
            // What is required holds a placeholder when the resource shall be absent.
            given.removeIf(one -> one.attribute().isRequired());
        }
        return given;
    }

    /** Those of a resource that shall be, or is, present. */
    public static <R extends Resource> List<GivenAttribute> of(TypeSchema<R> schema, R resource) {
        Object[] values = schema.values(resource);
        List<GivenAttribute> given = new ArrayList<>();
        for (Attribute attribute : schema.attributes()) {
            Object value = values[attribute.index()];
            if (value instanceof Optional<?> optional) {
                value = optional.orElse(null);
            }
            if (value != null && attribute.isWord() && !isLeftOut(schema, attribute, value)) {
                given.add(new GivenAttribute(attribute, value));
            }
        }
        return given;
    }

    private static boolean isLeftOut(TypeSchema<?> schema, Attribute attribute, Object value) {
        Optional<Object> fallback = attribute.defaultValue().flatMap(text -> parse(schema, attribute, text));
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> fallback.filter(value::equals).isPresent();
            case LIST -> value.equals(fallback.map(List::of).orElse(List.of()));
            case MAP -> ((Map<?, ?>) value).isEmpty();
            case OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> false;
        };
    }

    private static Optional<Object> parse(TypeSchema<?> schema, Attribute attribute, String text) {
        return Optional.of(schema.parse(attribute.index(), text, name -> {
            throw new InvalidValueException("The default of " + attribute.name() + " names a file of the site.");
        }));
    }
}
