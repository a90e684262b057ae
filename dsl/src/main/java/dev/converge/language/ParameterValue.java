package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is given to a parameter of a composite, made the type that its property has all the way down: a text with
 * expressions in it becomes plain text, a whole number a decimal one, and an empty list is a list of whatever is wanted.
 */
final class ParameterValue {
    private final String owner;
    private final Consumer<Diagnostic> problems;

    /** @param owner what has the parameter, as messages name it */
    ParameterValue(String owner, Consumer<Diagnostic> problems) {
        this.owner = owner;
        this.problems = problems;
    }

    /** @param path the parameter and, for what is in it, where */
    Object fit(String path, Object value, Type wanted) {
        if (value == null || !(wanted instanceof Class || wanted instanceof ParameterizedType)) {
            return value;
        }
        Class<?> type =
                wanted instanceof ParameterizedType generic ? (Class<?>) generic.getRawType() : (Class<?>) wanted;
        if (value instanceof Map<?, ?> map && Map.class.isAssignableFrom(type)) {
            return map(path, map, wanted);
        }
        if (value instanceof Collection<?> list && Collection.class.isAssignableFrom(type)) {
            return collection(path, list, wanted);
        }
        if (value instanceof CharSequence && type.isAssignableFrom(String.class)) {
            return type == Object.class ? value : value.toString();
        }
        if (value instanceof Number number && type == BigDecimal.class) {
            return value instanceof BigDecimal ? value : new BigDecimal(number.toString());
        }
        if (!type.isPrimitive() && !type.isInstance(value)) {
            problems.accept(Diagnostic.error(
                    Code.WRONG_TYPE,
                    "Wrong type",
                    path + " of " + owner + " takes " + named(type) + ", not " + shown(value) + "."));
            return null;
        }
        return value;
    }

    private Map<String, Object> map(String path, Map<?, ?> given, Type wanted) {
        Map<String, Object> all = new LinkedHashMap<>();
        Type element = argument(wanted, 1);
        given.forEach((key, value) -> all.put(key.toString(), fit(path + "['" + key + "']", value, element)));
        return all;
    }

    private Collection<Object> collection(String path, Collection<?> given, Type wanted) {
        Type element = argument(wanted, 0);
        List<Object> all = new ArrayList<>();
        for (Object value : given) {
            all.add(fit(path + "[" + all.size() + "]", value, element));
        }
        return given instanceof Set ? new LinkedHashSet<>(all) : all;
    }

    private static Type argument(Type wanted, int number) {
        return wanted instanceof ParameterizedType generic ? generic.getActualTypeArguments()[number] : Object.class;
    }

    private static String named(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (Map.class.isAssignableFrom(type)) {
            return "a map";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return type == Integer.class || type == Long.class ? "a whole number" : "a " + type.getSimpleName();
    }

    private static String shown(Object value) {
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof Collection) {
            return "a list";
        }
        return value instanceof CharSequence ? "text" : value.toString();
    }
}
