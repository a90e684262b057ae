package dev.converge.data;

import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import dev.converge.data.DataValue.Scalar;
import dev.converge.data.DataValue.Sequence;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts secrets in the place of encrypted values, when a lookup gives them out and no sooner. */
final class Opened {
    private Opened() {}

    static DataValue of(DataValue value, Decipher decipher) {
        return isClosed(value) ? open(value, decipher) : value;
    }

    private static boolean isClosed(DataValue value) {
        if (value instanceof Scalar scalar) {
            return scalar.value() instanceof String text && text.startsWith(Decipher.PREFIX);
        }
        if (value instanceof Sequence list) {
            return list.elements().stream().anyMatch(Opened::isClosed);
        }
        return value instanceof Mapping map
                && map.entries().values().stream().anyMatch(entry -> isClosed(entry.value()));
    }

    private static DataValue open(DataValue value, Decipher decipher) {
        if (value instanceof Sequence list) {
            return new Sequence(
                    list.elements().stream()
                            .map(element -> of(element, decipher))
                            .toList(),
                    list.at());
        }
        if (value instanceof Mapping map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.entries()
                    .forEach((key, entry) ->
                            entries.put(key, new Entry(key, entry.keyAt(), of(entry.value(), decipher))));
            return new Mapping(entries, map.at());
        }
        return value instanceof Scalar scalar && isClosed(value)
                ? new Scalar(decipher.open((String) scalar.value(), value.at()), value.at())
                : value;
    }
}
