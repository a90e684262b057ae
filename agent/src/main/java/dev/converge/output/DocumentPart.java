package dev.converge.output;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One object of a document that Converge has written, read back.
 *
 * @param map what a parser made of it
 */
record DocumentPart(Map<?, ?> map) {
    private static final int MILLIS = 1000;

    boolean has(String name) {
        return map.containsKey(name);
    }

    Optional<Object> value(String name) {
        return Optional.ofNullable(map.get(name));
    }

    Optional<String> find(String name) {
        return value(name).map(Object::toString);
    }

    /** @throws IllegalArgumentException when it is not there */
    String text(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("it has no " + name));
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(map.get(name));
    }

    /** A whole number, and 0 where there is none. */
    int number(String name) {
        return map.get(name) instanceof Number number ? number.intValue() : 0;
    }

    /** A number of seconds; none is no time. */
    Duration seconds(String name) {
        return map.get(name) instanceof Number number ? duration(number) : Duration.ZERO;
    }

    static Duration duration(Number seconds) {
        return Duration.ofMillis(Math.round(seconds.doubleValue() * MILLIS));
    }

    Optional<DocumentPart> object(String name) {
        return map.get(name) instanceof Map<?, ?> inner ? Optional.of(new DocumentPart(inner)) : Optional.empty();
    }

    /** Objects of a list, in its order; none where there is no such list. */
    List<DocumentPart> objects(String name) {
        List<DocumentPart> all = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof Map<?, ?> inner) {
                    all.add(new DocumentPart(inner));
                }
            }
        }
        return all;
    }

    /** Texts of a list, likewise. */
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        if (map.get(name) instanceof List<?> list) {
            list.forEach(one -> all.add(String.valueOf(one)));
        }
        return all;
    }
}
