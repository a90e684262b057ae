package dev.converge.sink;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was lost, for programs. */
final class LostJson {
    private LostJson() {}

    static Map<String, Object> of(Lost lost) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("dropped", lost.dropped());
        tree.put("refused", lost.refused());
        lost.since().ifPresent(since -> tree.put("since", since.toString()));
        return tree;
    }
}
