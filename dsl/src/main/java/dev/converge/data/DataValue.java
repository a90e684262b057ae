package dev.converge.data;

import dev.converge.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a data file, and where it stands. */
public sealed interface DataValue {
    /** Where it was written. */
    SourceRange at();

    /** What it is, as messages call it: {@code text}, {@code a list} … */
    String kind();

    /** As lists, maps, text, numbers and booleans; secrets mask themselves. */
    Object plain();

    /**
     * One text, number or boolean.
     *
     * @param value a String, Boolean, Integer, Long, BigInteger, BigDecimal or Secret
     */
    record Scalar(Object value, SourceRange at) implements DataValue {
        @Override
        public String kind() {
            if (value instanceof Number) {
                return "a number";
            }
            return value instanceof Boolean ? "true or false" : value instanceof String ? "text" : "a secret";
        }

        @Override
        public Object plain() {
            return value instanceof String || value instanceof Number || value instanceof Boolean
                    ? value
                    : value.toString();
        }
    }

    /** Values in their order. */
    record Sequence(List<DataValue> elements, SourceRange at) implements DataValue {
        public Sequence {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "a list";
        }

        @Override
        public Object plain() {
            List<Object> all = new ArrayList<>(elements.size());
            elements.forEach(element -> all.add(element.plain()));
            return all;
        }
    }

    /** Values by their keys, in the order of the file. The map is not to be changed. */
    record Mapping(Map<String, Entry> entries, SourceRange at) implements DataValue {
        @Override
        public String kind() {
            return "a map";
        }

        @Override
        public Object plain() {
            Map<String, Object> all = new LinkedHashMap<>();
            entries.forEach((key, entry) -> all.put(key, entry.value().plain()));
            return all;
        }

        /**
         * What a key with dots leads to: it digs into maps, at each of them with the longest part of the key that is
         * there.
         */
        public Optional<Entry> find(String key) {
            Entry whole = entries.get(key);
            if (whole != null) {
                return Optional.of(whole);
            }
            for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
                Entry begun = entries.get(key.substring(0, dot));
                if (begun != null && begun.value() instanceof Mapping inner) {
                    Optional<Entry> found = inner.find(key.substring(dot + 1));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** A key without a value: as if it were not there. */
    record Empty(SourceRange at) implements DataValue {
        @Override
        public String kind() {
            return "empty";
        }

        @Override
        public Object plain() {
            return "";
        }
    }

    /**
     * A key of a map with its value.
     *
     * @param key as it was written; for keys with dots at the top of a file, one of their parts
     * @param keyAt where the key was written
     */
    record Entry(String key, SourceRange keyAt, DataValue value) {}
}
