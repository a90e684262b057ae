package dev.converge.container;

import dev.converge.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A document of an engine, read as it comes: what an engine leaves out, or gives as null, is empty. By the streaming
 * parser alone, which is there in a tenth of the time that data binding takes to start.
 */
final class Json {
    static final Json MISSING = new Json(null);

    private final Object tree;

    private Json(/* null: not there */ Object tree) {
        this.tree = tree;
    }

    static Json parse(byte[] document) throws IOException {
        List<Json> all = sequence(document);
        return all.isEmpty() ? MISSING : all.get(0);
    }

    /** Documents one after another, as an engine reports what it is doing. */
    static List<Json> sequence(byte[] documents) throws IOException {
        List<Json> all = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), documents)) {
            while (parser.nextToken() != null) {
                all.add(new Json(value(parser)));
            }
            return all;
        } catch (JacksonException e) {
            throw new IOException("The container engine's answer is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Object value(JsonParser parser) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }

    private static Map<String, Object> object(JsonParser parser) {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, value(parser));
        }
        return fields;
    }

    private static List<Object> array(JsonParser parser) {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }

    /** @param tree strings, numbers, booleans, and lists and maps of these */
    static byte[] write(Object tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(tree, out);
        return out.toByteArray();
    }

    Json at(String... path) {
        Object here = tree;
        for (String name : path) {
            here = here instanceof Map<?, ?> map ? map.get(name) : null;
        }
        return here == null ? MISSING : new Json(here);
    }

    /** Whether it says something: neither missing nor empty, zero or false. */
    boolean isGiven() {
        if (tree instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (tree instanceof List<?> list) {
            return !list.isEmpty();
        }
        return tree != null && !tree.equals("") && !tree.equals(0L) && !tree.equals(false);
    }

    /** The text, when there is one that is not empty. */
    Optional<String> text() {
        return tree instanceof String text && !text.isEmpty() ? Optional.of(text) : Optional.empty();
    }

    long number() {
        return tree instanceof Number number ? number.longValue() : 0;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(tree);
    }

    List<Json> items() {
        return tree instanceof List<?> list ? list.stream().map(Json::new).toList() : List.of();
    }

    List<String> texts() {
        // Some versions of podman write a list of one word as the word.
        return tree instanceof String word && !word.isEmpty()
                ? List.of(word)
                : items().stream().map(item -> String.valueOf(item.tree)).toList();
    }

    Map<String, Json> fields() {
        Map<String, Json> fields = new LinkedHashMap<>();
        if (tree instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(name.toString(), new Json(value)));
        }
        return fields;
    }

    Map<String, String> textFields() {
        Map<String, String> texts = new LinkedHashMap<>();
        fields().forEach((name, value) -> texts.put(name, String.valueOf(value.tree)));
        return texts;
    }

    /** As {@link #write} takes it; null when it is missing. */
    Object plain() {
        return tree;
    }
}
