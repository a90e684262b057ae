package dev.converge.data;

import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.diagnostic.SourceRange;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes {@code nginx.site.port: 80} at the top of a file the same as {@code nginx: { site: { port: 80 } }}. */
final class DottedKeys {
    private DottedKeys() {}

    static Mapping expand(Mapping top) {
        if (top.entries().keySet().stream().noneMatch(DottedKeys::isDotted)) {
            return top;
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        top.entries().values().forEach(entry -> put(entries, "", nested(entry)));
        return new Mapping(entries, top.at());
    }

    private static boolean isDotted(String key) {
        int dot = key.indexOf('.');
        return dot > 0 && !key.endsWith(".") && !key.contains("..");
    }

    /** The entry of the first part, with a map for each further one. */
    private static Entry nested(Entry written) {
        if (!isDotted(written.key())) {
            return written;
        }
        String[] parts = written.key().split("\\.");
        DataValue value = written.value();
        for (int part = parts.length - 1; part > 0; part--) {
            value = new Mapping(Map.of(parts[part], new Entry(parts[part], written.keyAt(), value)), written.keyAt());
        }
        return new Entry(parts[0], written.keyAt(), value);
    }

    private static void put(Map<String, Entry> into, String prefix, Entry added) {
        Entry first = into.get(added.key());
        String path = prefix + added.key();
        into.put(added.key(), first == null ? added : joined(path, first, added));
    }

    /** A key without a value counts as not there: what others say of it holds. */
    private static Entry joined(String path, Entry first, Entry added) {
        if (first.value() instanceof DataValue.Empty) {
            return added;
        }
        if (added.value() instanceof DataValue.Empty) {
            return first;
        }
        if (!(first.value() instanceof Mapping one) || !(added.value() instanceof Mapping other)) {
            throw NodeValues.twice(path, place(added), place(first));
        }
        Map<String, Entry> entries = new LinkedHashMap<>(one.entries());
        other.entries().values().forEach(entry -> put(entries, path + ".", entry));
        return new Entry(first.key(), first.keyAt(), new Mapping(entries, one.at()));
    }

    private static SourceRange place(Entry entry) {
        return entry.keyAt();
    }
}
