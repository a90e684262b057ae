package dev.converge.container;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Names with values, as engines have them for labels and drivers' options. */
final class Labels {
    private Labels() {}

    /** Those that are wished for: engines add options of their own. */
    static Map<String, String> seen(Map<String, String> wanted, Json live) {
        Map<String, String> seen = new LinkedHashMap<>(live.textFields());
        seen.keySet().retainAll(wanted.keySet());
        return seen;
    }

    static Optional<Map<String, String>> given(Json live) {
        return Optional.of(live.textFields()).filter(all -> !all.isEmpty());
    }
}
