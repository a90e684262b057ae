package dev.converge.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Remembers what texts have been parsed to, so that one process parses each once, however many hosts it compiles for. */
public final class ParsedDocuments {
    /** In characters of text; what is parsed takes some times as much. */
    private static final long LIMIT = 16L << 20;

    private final Map<String, Parsed> known = new ConcurrentHashMap<>();
    private final AtomicLong size = new AtomicLong();

    private record Parsed(String text, DataValue.Mapping tree) {}

    /**
     * The values of a text in YAML or JSON; keys with dots at the top have become maps.
     *
     * @param where the file as diagnostics name it
     * @throws DataFailure when it is neither
     */
    public DataValue.Mapping parse(String where, String text) {
        Parsed before = known.get(where);
        if (before != null && before.text().equals(text)) {
            return before.tree();
        }
        DataValue.Mapping tree = DataDocument.parse(where, text);
        if (size.addAndGet(text.length()) > LIMIT) {
            known.clear();
            size.set(text.length());
        }
        known.put(where, new Parsed(text, tree));
        return tree;
    }
}
