package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.model.SiteFiles;
import dev.converge.model.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A resource as plain values that are read back to an equal one. Nothing is masked: this is for files that only their
 * owner may read. A content is told by its digest, and comes from where contents are kept; what names files of a site is
 * left out, since the site is not there when it is read.
 */
public final class StoredResource {
    private static final String DIGEST = "sha256";
    private static final String SIZE = "size";
    private static final String HIDDEN = "hidden";
    private static final String SECRET = "secret";

    private static final SiteFiles NO_SITE = file -> {
        throw new InvalidValueException("It names " + file + ", a file of its site.");
    };

    /** Where contents are kept. */
    public interface Contents {
        /** @throws InvalidValueException when it is not there */
        Content get(String sha256, long size);
    }

    private StoredResource() {}

    /** What it is made from, by the attributes' names: strings, numbers, booleans, lists and maps. */
    public static <R extends Resource> Map<String, Object> write(TypeSchema<R> schema, R resource) {
        Object[] values = schema.values(resource);
        Map<String, Object> tree = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            Object value = values[attribute.index()];
            if (attribute.role() != Attribute.Role.DERIVED && isStored(attribute, value)) {
                tree.put(attribute.name(), write(value));
            }
        }
        return tree;
    }

    /** A content that its type reads from elsewhere, such as a file's source, cannot be made from a digest. */
    private static boolean isStored(Attribute attribute, Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.isPresent() && isStored(attribute, optional.get());
        }
        return !(value instanceof Content) || attribute.valueType() == Content.class;
    }

    /** One value of an attribute. */
    public static Object write(Object value) {
        if (value instanceof Optional<?> optional) {
            return write(optional.orElseThrow());
        }
        if (value instanceof Collection<?> several) {
            List<Object> all = new ArrayList<>(several.size());
            several.forEach(one -> all.add(write(one)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(key.toString(), write(one)));
            return all;
        }
        if (value instanceof Content content) {
            return content(content);
        }
        if (value instanceof Secret secret) {
            return Map.of(SECRET, secret.reveal());
        }
        if (value instanceof Text text) {
            return text.isSensitive() ? Map.of(SECRET, text.reveal()) : text.reveal();
        }
        return value instanceof Number || value instanceof Boolean ? value : Values.word(value);
    }

    private static Map<String, Object> content(Content content) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(DIGEST, content.digest("SHA-256"));
        tree.put(SIZE, content.size());
        if (content.isSensitive()) {
            tree.put(HIDDEN, true);
        }
        return tree;
    }

    /**
     * The resource of which {@link #write} made the tree.
     *
     * @throws InvalidValueException when its type, as it is now, refuses a value, or a content is not kept any more
     */
    public static <R extends Resource> R read(TypeSchema<R> schema, Map<?, ?> tree, Contents contents) {
        Object[] values = new Object[schema.attributes().size()];
        for (Attribute attribute : schema.attributes()) {
            Optional<Object> stored = Optional.ofNullable(tree.get(attribute.name()));
            values[attribute.index()] = stored.map(one -> component(schema, attribute, one, contents))
                    .orElseGet(() -> leftOut(schema, attribute));
        }
        return schema.create(values);
    }

    private static Object component(TypeSchema<?> schema, Attribute attribute, Object stored, Contents contents) {
        return switch (attribute.shape()) {
            case ONE -> one(schema, attribute, stored, contents);
            case OPTIONAL -> Optional.of(one(schema, attribute, stored, contents));
            case LIST -> List.copyOf(list(schema, attribute, stored, contents));
            case OPTIONAL_LIST -> Optional.of(List.copyOf(list(schema, attribute, stored, contents)));
            case OPTIONAL_SET -> Optional.of(set(list(schema, attribute, stored, contents)));
            case MAP -> map(schema, attribute, stored, contents);
            case OPTIONAL_MAP -> Optional.of(map(schema, attribute, stored, contents));
        };
    }

    /** What follows from the others is not stored; what was empty stays so, whatever an author would get. */
    private static Object leftOut(TypeSchema<?> schema, Attribute attribute) {
        return switch (attribute.shape()) {
            case ONE ->
                attribute
                        .defaultValue()
                        .map(text -> plain(schema, attribute, text))
                        .orElseThrow(
                                () -> new InvalidValueException("Nothing is stored for \"" + attribute.name() + "\"."));
            case LIST -> List.of();
            case MAP -> Map.of();
            case OPTIONAL, OPTIONAL_LIST, OPTIONAL_SET, OPTIONAL_MAP -> Optional.empty();
        };
    }

    private static List<Object> list(TypeSchema<?> schema, Attribute attribute, Object stored, Contents contents) {
        List<Object> values = new ArrayList<>();
        if (stored instanceof Collection<?> several) {
            several.forEach(one -> values.add(one(schema, attribute, one, contents)));
        }
        return values;
    }

    private static Set<Object> set(List<Object> values) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(values));
    }

    private static Map<String, Object> map(
            TypeSchema<?> schema, Attribute attribute, Object stored, Contents contents) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (stored instanceof Map<?, ?> map) {
            map.forEach((key, one) -> values.put(key.toString(), one(schema, attribute, one, contents)));
        }
        return Collections.unmodifiableMap(values);
    }

    /** One value, of the attribute's own type. */
    private static Object one(TypeSchema<?> schema, Attribute attribute, Object stored, Contents contents) {
        if (!(stored instanceof Map<?, ?> tree)) {
            return plain(schema, attribute, stored.toString());
        }
        if (tree.get(SECRET) instanceof String secret) {
            Secret hidden = Secret.of(secret);
            return attribute.valueType() == Text.class ? Text.of(hidden) : hidden;
        }
        if (tree.get(DIGEST) instanceof String digest && tree.get(SIZE) instanceof Number size) {
            Content content = contents.get(digest, size.longValue());
            return Boolean.TRUE.equals(tree.get(HIDDEN)) ? content.hidden() : content;
        }
        throw new InvalidValueException("What is stored for \"" + attribute.name() + "\" is not a value.");
    }

    private static Object plain(TypeSchema<?> schema, Attribute attribute, String text) {
        return schema.parse(attribute.index(), text, NO_SITE);
    }

    /**
     * One value that {@link #write(Object)} made, in its shape but never an {@code Optional}.
     *
     * @throws InvalidValueException when the attribute refuses it
     */
    public static Object readValue(TypeSchema<?> schema, Attribute attribute, Object stored, Contents contents) {
        Object value = component(schema, attribute, stored, contents);
        return value instanceof Optional<?> optional ? optional.orElseThrow() : value;
    }
}
