package dev.converge.memory;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Identified;
import dev.converge.model.Resource;
import dev.converge.schema.TypeSchema;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells one desired value from another without keeping either: a SHA-256 that begins with a random key of the host's
 * own and is cut short. Without the key nobody can try values; the same value has another fingerprint in each attribute.
 */
final class Fingerprint {
    /** 96 bits: no two values of a host will ever meet by chance. */
    private static final int BYTES = 12;

    private final byte[] key;

    Fingerprint(byte[] key) {
        this.key = key.clone();
    }

    /** What the key is recognized by. */
    String ofKey() {
        return of("key", "");
    }

    /** Of each attribute that the author gave, or that follows from those. */
    <R extends Resource> Map<String, String> of(TypeSchema<R> schema, Declared<R> declared) {
        Object[] values = schema.values(declared.desired());
        Map<String, String> prints = new LinkedHashMap<>();
        for (Attribute attribute : schema.attributes()) {
            Object value = values[attribute.index()];
            boolean counts =
                    attribute.role() != Attribute.Role.ID && !Optional.empty().equals(value);
            if (counts) {
                StringBuilder text = new StringBuilder();
                append(value, text);
                prints.put(attribute.name(), of(attribute.name(), text.toString()));
            }
        }
        return prints;
    }

    private String of(String name, String value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(value.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Each value with its length, so that no two of them read the same; what has no order is sorted. */
    private static void append(Object value, StringBuilder out) {
        if (value instanceof Optional<?> optional) {
            optional.ifPresent(inner -> append(inner, out));
        } else if (value instanceof Set<?> several) {
            Map<String, String> sorted = new TreeMap<>();
            several.forEach(one -> sorted.put(text(one), ""));
            append(sorted, out);
        } else if (value instanceof Collection<?> several) {
            several.forEach(one -> item(text(one), out));
        } else if (value instanceof Map<?, ?> map) {
            Map<String, String> sorted = new TreeMap<>();
            map.forEach((name, one) -> sorted.put(name.toString(), text(one)));
            sorted.forEach((name, one) -> {
                item(name, out);
                item(one, out);
            });
        } else {
            out.append(value instanceof Identified known ? known.identity() : value.toString());
        }
    }

    private static String text(Object value) {
        StringBuilder text = new StringBuilder();
        append(value, text);
        return text.toString();
    }

    private static void item(String text, StringBuilder out) {
        out.append(text.length()).append(':').append(text);
    }
}
