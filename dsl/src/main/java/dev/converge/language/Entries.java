package dev.converge.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Reads and sets entries of values of which only the run knows that they are maps: what {@code facts['rack']['row']}
 * becomes in compiled manifests. Groovy would reach any property of any object, {@code 'x'['class']}.
 */
public final class Entries {
    private Entries() {}

    /** {@code map[key]}. */
    public static Object getAt(Object map, String key) {
        return entries(map, key).get(key);
    }

    /** {@code maps[key]}, the entry of each. */
    public static List<Object> getAt(Collection<?> maps, String key) {
        List<Object> found = new ArrayList<>();
        maps.forEach(map -> found.add(getAt(map, key)));
        return found;
    }

    /** {@code map[key] = value}. */
    public static void putAt(Object map, String key, Object value) {
        entries(map, key).put(key, value);
    }

    @SuppressWarnings("unchecked") // a manifest's maps take what it puts into them
    private static Map<Object, Object> entries(Object map, String key) {
        if (map instanceof Map<?, ?> entries) {
            return (Map<Object, Object>) entries;
        }
        if (map == null) {
            throw new NullPointerException();
        }
        throw new ClassCastException("Only a map has an entry \"" + key + "\", and this is "
                + (map instanceof CharSequence ? "text" : "none") + ".");
    }
}
