package dev.converge.language;

import groovy.lang.Range;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What a site's {@code static final} lists, sets and maps become: copies that nobody can change, all the way down. */
public final class Constant {
    private static final Set<Class<?>> COLLECTIONS = Set.of(
            Collections.unmodifiableList(new ArrayList<>()).getClass(),
            Collections.unmodifiableSet(new LinkedHashSet<>()).getClass(),
            Collections.unmodifiableMap(new LinkedHashMap<>()).getClass());

    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Pattern.class);

    private Constant() {}

    /** Called by compiled code; not for manifests. */
    public static Object of(Object value) {
        if (value instanceof List<?> list && !(value instanceof Range)) {
            return Collections.unmodifiableList(copied(list, new ArrayList<>()));
        }
        if (value instanceof Set<?> set) {
            return Collections.unmodifiableSet(copied(set, new LinkedHashSet<>()));
        }
        return value instanceof Map<?, ?> map ? Collections.unmodifiableMap(copied(map)) : value;
    }

    private static <C extends Collection<Object>> C copied(Collection<?> elements, C into) {
        elements.forEach(element -> into.add(of(element)));
        return into;
    }

    private static Map<Object, Object> copied(Map<?, ?> map) {
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(key, of(value)));
        return copy;
    }

    /** Whether this value is the same for ever, whoever has it. */
    static boolean is(Object value) {
        if (value == null || SCALARS.contains(value.getClass())) {
            return true;
        }
        if (!COLLECTIONS.contains(value.getClass())) {
            return false;
        }
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream().allMatch(entry -> is(entry.getKey()) && is(entry.getValue()))
                : ((Collection<?>) value).stream().allMatch(Constant::is);
    }
}
