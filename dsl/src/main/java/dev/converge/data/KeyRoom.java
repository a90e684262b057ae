package dev.converge.data;

import dev.converge.data.DataValue.Entry;
import dev.converge.data.DataValue.Mapping;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The keys that a hierarchy may answer: any of them for a site, and for a module those that begin with its name, so that
 * nobody is given rules of sudo by a web server.
 *
 * @param begin in lower case, without dots and dashes: {@code web-shop} and {@code web.shop} are one; empty for any key
 */
public record KeyRoom(String begin) {
    /** Of the site itself. */
    public static final KeyRoom ALL = new KeyRoom("");

    /** Of a module. */
    public static KeyRoom of(String module) {
        return new KeyRoom(plain(module));
    }

    private static String plain(String key) {
        return key.replaceAll("[._-]", "").toLowerCase(Locale.ROOT);
    }

    boolean holds(String key) {
        return begin.isEmpty() || plain(key).startsWith(begin);
    }

    /** What of a tree may be answered; {@code others} hears of the keys that may not. */
    Mapping of(Mapping tree, BiConsumer<String, Entry> others) {
        return begin.isEmpty() ? tree : of(tree, "", others);
    }

    private Mapping of(Mapping tree, String path, BiConsumer<String, Entry> others) {
        Map<String, Entry> kept = new LinkedHashMap<>();
        tree.entries().forEach((name, entry) -> {
            String key = path + name;
            if (holds(key)) {
                kept.put(name, entry);
            } else if (entry.value() instanceof Mapping inner && begin.startsWith(plain(key))) {
                kept.put(name, new Entry(name, entry.keyAt(), of(inner, key + ".", others)));
            } else {
                others.accept(key, entry);
            }
        });
        return new Mapping(kept, tree.at());
    }
}
