package dev.converge.output;

import dev.converge.model.Attribute;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.model.SiteFiles;
import dev.converge.schema.ManifestSource;
import dev.converge.schema.Parsing;
import dev.converge.schema.TypeSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A declaration of a type that compiles: what must be given, and a few attributes whose values can be made up. */
final class TypeExample<R extends Resource> {
    private static final int SHOWN = 3;

    private static final SiteFiles NO_FILES = name -> {
        throw new InvalidValueException("An example has no files.");
    };

    private final TypeSchema<R> schema;
    private final Object[] values;

    private TypeExample(TypeSchema<R> schema) {
        this.schema = schema;
        this.values = new Object[schema.attributes().size()];
    }

    /** The manifest's text: the type's own example, or one that is made up. */
    static <R extends Resource> String of(TypeSchema<R> schema) {
        return schema.example().orElseGet(() -> madeUp(schema));
    }

    private static <R extends Resource> String madeUp(TypeSchema<R> schema) {
        String name = name(schema);
        try {
            return ManifestSource.present(schema, name, new TypeExample<>(schema).make(name));
        } catch (InvalidValueException | NullPointerException e) {
            // A required value of a type that nothing is known about: the name alone still shows the form.
            return ManifestSource.declaration(schema, name, List.of());
        }
    }

    private static String name(TypeSchema<?> schema) {
        if (!schema.nameParts().isEmpty()) {
            return String.join(TypeSchema.NAME_SEPARATOR, schema.nameParts());
        }
        return schema.idAttribute().valueType().getSimpleName().equals("Path") ? "/srv/example" : "example";
    }

    private R make(String name) {
        for (Attribute attribute : schema.attributes()) {
            values[attribute.index()] =
                    attribute.role() == Attribute.Role.ID ? parse(attribute, name) : leftOut(attribute);
        }
        R resource = schema.create(values);
        int shown = 0;
        for (Attribute attribute : schema.attributes()) {
            if (shown < SHOWN
                    && attribute.role() == Attribute.Role.PROPERTY
                    && attribute.defaultValue().isEmpty()) {
                Optional<R> more = with(attribute);
                shown += more.isPresent() ? 1 : 0;
                resource = more.orElse(resource);
            }
        }
        return resource;
    }

    /** The resource with one attribute more, unless that contradicts those that it has. */
    private Optional<R> with(Attribute attribute) {
        Object before = values[attribute.index()];
        Optional<String> text = made(attribute);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            values[attribute.index()] = shaped(attribute, parse(attribute, text.get()));
            return Optional.of(schema.create(values));
        } catch (InvalidValueException e) {
            values[attribute.index()] = before;
            return Optional.empty();
        }
    }

    private Object parse(Attribute attribute, String text) {
        return schema.parse(attribute.index(), text, NO_FILES);
    }

    private Object leftOut(Attribute attribute) {
        Optional<Object> fallback = attribute.defaultValue().map(text -> parse(attribute, text));
        return switch (attribute.shape()) {
            case ONE ->
                fallback.orElseGet(() ->
                        made(attribute).map(text -> parse(attribute, text)).orElse(null));
            case LIST -> fallback.map(List::of).orElse(List.of());
            case MAP -> Map.of();
            case OPTIONAL -> fallback;
            case OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> Optional.empty();
        };
    }

    private static Object shaped(Attribute attribute, Object value) {
        return switch (attribute.shape()) {
            case ONE -> value;
            case OPTIONAL -> Optional.of(value);
            case LIST -> List.of(value);
            case OPTIONAL_LIST -> Optional.of(List.of(value));
            case OPTIONAL_SET -> Optional.of(Set.of(value));
            case MAP -> Map.of("NAME", value);
            case OPTIONAL_MAP -> Optional.of(Map.of("NAME", value));
        };
    }

    private static Optional<String> made(Attribute attribute) {
        if (attribute.autoRequires().contains("user")
                || attribute.autoRequires().contains("group")) {
            return Optional.of("root");
        }
        Class<?> type = attribute.valueType();
        if (type.isEnum()) {
            return Optional.of(Parsing.spelling((Enum<?>) type.getEnumConstants()[0]));
        }
        return Optional.ofNullable(
                switch (type.getSimpleName()) {
                    case "String", "Text" -> "example";
                    case "Content" -> "Hello\n";
                    case "Mode" -> "0644";
                    case "Path" -> "/srv/other";
                    case "Integer", "Long" -> "1000";
                    case "Boolean" -> "true";
                    case "Duration" -> "30s";
                    default -> null;
                });
    }
}
