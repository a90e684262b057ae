package dev.converge.output;

import dev.converge.diagnostic.Letters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names and values, aligned. */
public final class Table {
    private Table() {}

    public static String of(Map<String, String> rows, Style style) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder out = new StringBuilder();
        rows.forEach((name, value) -> {
            out.append("  ").append(style.cyan(name)).append(" ".repeat(width - name.length() + 2));
            out.append(Letters.visible(value).replace("\n", "\n" + " ".repeat(width + 4)))
                    .append('\n');
        });
        return out.toString();
    }

    /**
     * A tree of facts, one line for each value with the names that lead to it joined by dots.
     *
     * @param prefix the names that lead to the tree; empty for the whole
     */
    public static String facts(String prefix, Object tree, Style style) {
        Map<String, String> rows = new LinkedHashMap<>();
        flatten(prefix, tree, rows);
        return of(rows, style);
    }

    /** The names of all facts in a tree, for suggestions. */
    public static Set<String> names(Map<String, Object> tree) {
        Map<String, String> rows = new LinkedHashMap<>();
        flatten("", tree, rows);
        return rows.keySet();
    }

    private static void flatten(String path, Object tree, Map<String, String> rows) {
        String dot = path.isEmpty() ? "" : path + ".";
        if (tree instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(dot + key, value, rows));
        } else if (tree instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            for (int i = 0; i < list.size(); i++) {
                flatten(dot + i, list.get(i), rows);
            }
        } else if (tree instanceof List<?> list) {
            rows.put(path, String.join(", ", list.stream().map(String::valueOf).toList()));
        } else {
            rows.put(path, String.valueOf(tree));
        }
    }
}
