package dev.converge.cli;

import dev.converge.output.Style;
import dev.converge.output.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How the agent is, for people. */
final class StatusText {
    private static final int SHORT = 12;

    private StatusText() {}

    /** @param tree as the agent answers */
    static String of(Map<String, Object> tree, Style style) {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean running = Boolean.TRUE.equals(tree.get("running"));
        rows.put(
                "agent",
                running ? "runs since " + tree.get("since") + " as process " + tree.get("pid") : "does not run");
        put("disabled", tree.get("disabled"), "%s (by %s, since %s)", rows, "reason", "by", "since");
        if (running && !"idle".equals(tree.get("doing"))) {
            rows.put("now", String.valueOf(tree.get("doing")));
        }
        put("source", tree.get("source"), "%s, %s", rows, "url", "ref");
        rows.put("in force", tree.get("commit") instanceof Map<?, ?> commit ? commit(commit) : "no commit yet");
        if (tree.get("newest") instanceof String newest
                && !String.valueOf(tree.get("commit")).contains(newest)) {
            rows.put("newest", shortened(newest) + ", not in force");
        }
        put("last run", tree.get("lastRun"), "%s (%s), exit %s", rows, "started", "trigger", "exit");
        if (tree.get("lastRun") instanceof Map<?, ?> run && run.get("counts") instanceof Map<?, ?> counts) {
            rows.put("result", counts(counts));
        }
        if (tree.get("nextRun") instanceof String next && running) {
            rows.put("next run", next);
        }
        if (tree.get("watching") instanceof String watched) {
            rows.put("watching", watched);
        }
        if (tree.get("reports") instanceof List<?> sinks) {
            int number = 0;
            for (Object sink : sinks) {
                number++;
                put(
                        "reports" + (number == 1 ? "" : " " + number),
                        sink,
                        "%s: sent %s, waiting %s",
                        rows,
                        "name",
                        "sent",
                        "waiting");
            }
        }
        if (tree.get("problems") instanceof List<?> problems) {
            int number = 0;
            for (Object problem : problems) {
                number++;
                put("problem" + (number == 1 ? "" : " " + number), problem, "%s: %s", rows, "summary", "detail");
            }
        }
        return Table.of(rows, style);
    }

    private static String commit(Map<?, ?> commit) {
        String signer = commit.get("signer") == null ? "" : ", signed by " + commit.get("signer");
        return shortened(String.valueOf(commit.get("id"))) + signer + ", fetched " + commit.get("fetched");
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(id.length(), SHORT));
    }

    private static String counts(Map<?, ?> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((name, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append("inSync".equals(name) ? "in sync" : name)
                .append(' ')
                .append(count));
        return text.toString();
    }

    private static void put(String row, Object value, String form, Map<String, String> rows, String... keys) {
        if (value instanceof Map<?, ?> map) {
            Object[] parts = new Object[keys.length];
            for (int i = 0; i < keys.length; i++) {
                parts[i] = map.get(keys[i]);
            }
            rows.put(row, form.formatted(parts));
        }
    }
}
