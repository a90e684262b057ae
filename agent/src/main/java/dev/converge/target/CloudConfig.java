package dev.converge.target;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A document of cloud-config while it is put together: keys in the order in which they came, each with what tells whose it is. */
final class CloudConfig {
    private final List<String> head = new ArrayList<>();
    private final Map<String, StringBuilder> keys = new LinkedHashMap<>();

    /** A comment at the beginning. */
    void say(String text) {
        head.add(text);
    }

    /** A key with one value, below a comment. */
    void set(String comment, String key, Object value) {
        StringBuilder text = new StringBuilder(CloudYaml.comment(comment, 0));
        keys.put(key, text.append(key).append(':').append(CloudYaml.after(value, 0)));
    }

    /** A key that says how another one is meant. */
    void set(String key, Object value) {
        keys.put(key, new StringBuilder(key).append(':').append(CloudYaml.after(value, 0)));
    }

    /** An element of a list, without a comment. */
    void add(String key, Object element) {
        list(key).append(CloudYaml.element(element, 2));
    }

    /** An element of a list, below a comment. */
    void add(String comment, String key, Object element) {
        list(key).append(CloudYaml.comment(comment, 2)).append(CloudYaml.element(element, 2));
    }

    private StringBuilder list(String key) {
        return keys.computeIfAbsent(key, name -> new StringBuilder(name).append(":\n"));
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("#cloud-config\n");
        head.forEach(text -> out.append(CloudYaml.comment(text, 0)));
        keys.values().forEach(text -> out.append('\n').append(text));
        return out.toString();
    }
}
