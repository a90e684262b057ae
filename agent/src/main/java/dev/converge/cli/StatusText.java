package dev.converge.cli;

import dev.converge.output.Style;
import dev.converge.output.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How the agent is, for people. */
final class StatusText {
    private static final int SHORT = 12;
    private static final Pattern FRACTION = Pattern.compile("\\.\\d+(?=Z$)");
    private static final Set<String> TIMES = Set.of("since", "started");

    private StatusText() {}

    /** @param tree as the agent answers */
    static String of(Map<String, Object> tree, Style style) {
        Map<String, String> rows = new LinkedHashMap<>();
        boolean running = Boolean.TRUE.equals(tree.get("running"));
        rows.put(
                "agent",
                running
                        ? "runs since " + seconds(tree.get("since")) + " as process " + tree.get("pid")
                        : "does not run");
        put("disabled", tree.get("disabled"), "%s (by %s, since %s)", rows, "reason", "by", "since");
        if (running && !"idle".equals(tree.get("doing"))) {
            rows.put("now", String.valueOf(tree.get("doing")));
        }
        site(tree, rows);
        lastRun(tree, rows);
        if (tree.get("nextRun") instanceof String next && running) {
            rows.put("next run", String.valueOf(seconds(next)));
        }
        if (tree.get("watching") instanceof String watched) {
            rows.put("watching", watched);
        }
        each("reports", tree.get("reports"), StatusText::reports, rows);
        each("problem", tree.get("problems"), StatusText::problem, rows);
        return Table.of(rows, style);
    }

    private static void site(Map<String, Object> tree, Map<String, String> rows) {
        put("source", tree.get("source"), "%s, %s", rows, "url", "ref");
        rows.put("in force", tree.get("commit") instanceof Map<?, ?> commit ? commit(commit) : "no commit yet");
        if (tree.get("newest") instanceof String newest
                && !String.valueOf(tree.get("commit")).contains(newest)) {
            rows.put("newest", shortened(newest) + ", not in force");
        }
    }

    private static void lastRun(Map<String, Object> tree, Map<String, String> rows) {
        if (tree.get("lastRun") instanceof Map<?, ?> run) {
            boolean known = run.get("trigger") != null;
            put("last run", run, known ? "%s (%s), exit %s" : "%1$s, exit %3$s", rows, "started", "trigger", "exit");
            if (run.get("counts") instanceof Map<?, ?> counts) {
                rows.put("result", counts(counts));
            }
        }
    }

    private static void each(String row, Object values, Function<Map<?, ?>, String> text, Map<String, String> rows) {
        if (values instanceof List<?> all) {
            int number = 0;
            for (Object one : all) {
                number++;
                if (one instanceof Map<?, ?> map) {
                    rows.put(row + (number == 1 ? "" : " " + number), text.apply(map));
                }
            }
        }
    }

    private static String reports(Map<?, ?> sink) {
        StringBuilder text = new StringBuilder(
                "%s: sent %s, waiting %s".formatted(sink.get("name"), sink.get("sent"), sink.get("waiting")));
        for (String lost : List.of("dropped", "refused")) {
            if (sink.get(lost) instanceof Number count && count.longValue() > 0) {
                text.append(", ").append(lost).append(' ').append(count);
            }
        }
        if (sink.get("problem") instanceof Map<?, ?> problem) {
            text.append(". ").append(problem(problem));
        }
        return text.toString();
    }

    private static String problem(Map<?, ?> problem) {
        String place = problem.get("source") instanceof Map<?, ?> at
                ? at.get("file") + ":" + at.get("line") + ":" + at.get("column") + ": "
                : "";
        String advice = problem.get("suggestion") == null ? "" : " " + problem.get("suggestion");
        return problem.get("summary") + ": " + place + problem.get("detail") + advice;
    }

    /** A time without what comes after its seconds. */
    private static Object seconds(Object time) {
        return time instanceof String text ? FRACTION.matcher(text).replaceFirst("") : time;
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
                parts[i] = TIMES.contains(keys[i]) ? seconds(map.get(keys[i])) : map.get(keys[i]);
            }
            rows.put(row, form.formatted(parts));
        }
    }
}
