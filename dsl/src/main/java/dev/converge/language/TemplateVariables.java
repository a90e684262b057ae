package dev.converge.language;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The values that a template is given, as plain data, and the Groovy types that they are compiled with. */
final class TemplateVariables {
    private static final Set<Class<?>> SIMPLE = Set.of(
            Integer.class, Long.class, Double.class, Float.class, Boolean.class, BigDecimal.class, BigInteger.class);

    private TemplateVariables() {}

    /** Strings for everything that is text, lists and maps all the way down. */
    static Object plain(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), plain(element)));
            return copy;
        }
        if (value instanceof Collection<?> collection) {
            List<Object> copy = new ArrayList<>();
            collection.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        return value == null || SIMPLE.contains(value.getClass()) ? value : value.toString();
    }

    /** The type of a plain value as Groovy source. */
    static String type(Object value) {
        if (value == null) {
            return "Object";
        }
        if (value instanceof Map<?, ?> map) {
            return "Map<String, " + common(map.values()) + ">";
        }
        if (value instanceof List<?> list) {
            return "List<" + common(list) + ">";
        }
        return value.getClass().getSimpleName();
    }

    private static String common(Collection<?> values) {
        Set<String> types = new TreeSet<>();
        values.forEach(value -> types.add(type(value)));
        return types.size() == 1 ? types.iterator().next() : "Object";
    }
}
