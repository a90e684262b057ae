package dev.converge.schema;

import dev.converge.model.Content;
import dev.converge.model.Durations;
import dev.converge.model.Secret;
import dev.converge.model.Sensitive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attribute's value for its three kinds of readers: people, programs and the compiler of manifests. Secrets are
 * masked for all of them.
 */
public final class Values {
    private Values() {}

    /** For people: {@code 0644}, {@code 1h 30m}, {@code adm, sudo}, {@code LANG=C, TZ=UTC}. */
    public static String display(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Values::display).orElse("");
        }
        if (value instanceof Collection<?> several) {
            List<String> shown = new ArrayList<>(several.size());
            several.forEach(one -> shown.add(display(one)));
            return String.join(", ", shown);
        }
        if (value instanceof Map<?, ?> map) {
            List<String> shown = new ArrayList<>(map.size());
            map.forEach((key, one) -> shown.add(key + "=" + display(one)));
            return String.join(", ", shown);
        }
        return word(value);
    }

    /**
     * For programs: strings, numbers, booleans, and lists and maps of these, in the order that the value has.
     *
     * @return {@code null} for what was left out
     */
    public static Object plain(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Values::plain).orElse(null);
        }
        if (value instanceof Collection<?> several) {
            List<Object> all = new ArrayList<>(several.size());
            several.forEach(one -> all.add(plain(one)));
            return all;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(key.toString(), plain(one)));
            return all;
        }
        if (value instanceof Content content) {
            return content.origin().or(content::text).<Object>map(text -> text).orElseGet(() -> digest(content));
        }
        return value instanceof Number || value instanceof Boolean ? value : word(value);
    }

    /** For programs that need not see content itself: its digest and size; the mask when it is a secret. */
    public static Object digest(Content content) {
        if (content.isSensitive()) {
            return Secret.MASK;
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("sha256", content.digest().orElse(Secret.MASK));
        tree.put("size", content.size());
        return tree;
    }

    /** For a manifest: {@code '0644'}, {@code 42}, {@code ['adm', 'sudo']}, {@code [LANG: 'C']}. */
    public static String source(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.map(Values::source).orElse("");
        }
        if (value instanceof Collection<?> several) {
            List<String> all = new ArrayList<>(several.size());
            several.forEach(one -> all.add(source(one)));
            return "[" + String.join(", ", all) + "]";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> all = new ArrayList<>(map.size());
            map.forEach((key, one) -> all.add(ManifestText.key(key.toString()) + ": " + source(one)));
            return all.isEmpty() ? "[:]" : "[" + String.join(", ", all) + "]";
        }
        if (value instanceof Content content) {
            return ManifestText.literal(
                    content.origin().orElseGet(() -> content.isSensitive() ? Secret.MASK : content.written()));
        }
        return value instanceof Number || value instanceof Boolean
                ? value.toString()
                : ManifestText.literal(word(value));
    }

    /** Whether a secret is in the value, so that its text stands for something that nobody may see. */
    public static boolean isSensitive(Object value) {
        if (value instanceof Optional<?> optional) {
            return optional.filter(Values::isSensitive).isPresent();
        }
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(Values::isSensitive);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Values::isSensitive);
        }
        return value instanceof Sensitive one && one.isSensitive();
    }

    /** One value as text from which its type parses it again, unless it is a secret. */
    static String word(Object value) {
        if (value instanceof Enum<?> constant) {
            return Parsing.spelling(constant);
        }
        return value instanceof Duration duration ? Durations.format(duration) : value.toString();
    }
}
