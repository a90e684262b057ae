package dev.converge.output;

import dev.converge.data.DataValue;
import dev.converge.data.Lookup;
import dev.converge.data.Step;
import dev.converge.schema.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a lookup has come to, for people and for programs; secrets stay masked. */
public final class LookupText {
    private static final String OF_MODULE = "module ";

    private LookupText() {}

    /** The value alone: text as it is, lists and maps as JSON, which is YAML too. */
    public static String value(DataValue value) {
        if (value instanceof DataValue.Scalar) {
            return value.plain() + "\n";
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(value.plain(), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Each place that could be asked, what it had, and what came of it. */
    public static String explanation(Lookup lookup, Style style) {
        StringBuilder out = new StringBuilder(how(lookup)).append('\n');
        String hierarchy = "";
        for (Step step : lookup.steps()) {
            if (step.found().isEmpty() && isOfOthers(step, lookup.key())) {
                continue;
            }
            if (!step.hierarchy().equals(hierarchy)) {
                hierarchy = step.hierarchy();
                out.append(hierarchy).append('\n');
            }
            String place = place(step);
            out.append("  ")
                    .append(style.cyan(step.level()))
                    .append(place.isEmpty() ? "" : "  ")
                    .append(place);
            out.append(step.found().map(value -> " = " + inline(value)).orElse(": " + step.why()));
            out.append('\n');
        }
        out.append(lookup.value().map(value -> "value: " + inline(value)).orElse("no value"));
        return out.append('\n').toString();
    }

    /** Modules have defaults for keys that begin with their names; of others it says nothing that they lack one. */
    private static boolean isOfOthers(Step step, String key) {
        String owner = step.hierarchy();
        return owner.startsWith(OF_MODULE) && !(key + ".").startsWith(owner.substring(OF_MODULE.length()) + ".");
    }

    private static String how(Lookup lookup) {
        String merged = lookup.merged().equals(lookup.key())
                ? ""
                : ", of what \"" + lookup.merged() + "\" has when it is merged";
        String knockout = lookup.merge()
                .knockout()
                .map(out -> ", where " + out + " takes away")
                .orElse("");
        return switch (lookup.merge().strategy()) {
            case FIRST -> lookup.key() + ": the first value counts";
            case UNIQUE, HASH, DEEP ->
                lookup.key() + ": merged by " + lookup.merge().strategy().word() + knockout + merged;
        };
    }

    private static String place(Step step) {
        return step.found().map(value -> value.at().toString()).orElse(step.where());
    }

    private static String inline(DataValue value) {
        return value instanceof DataValue.Scalar
                ? value.plain().toString()
                : JsonText.line(value.plain()).strip();
    }

    /**
     * The same as a tree for JSON.
     *
     * @param steps whether to tell of each place
     */
    public static Map<String, Object> tree(Lookup lookup, boolean steps) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("key", lookup.key());
        tree.put("merge", lookup.merge().strategy().word());
        tree.put("found", lookup.value().isPresent());
        put(tree, lookup.value());
        if (steps) {
            List<Object> all = new ArrayList<>();
            lookup.steps().forEach(step -> all.add(tree(step)));
            tree.put("steps", all);
        }
        return tree;
    }

    private static Map<String, Object> tree(Step step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("hierarchy", step.hierarchy());
        tree.put("level", step.level());
        tree.put("where", step.where());
        put(tree, step.found());
        if (step.found().isEmpty()) {
            tree.put("why", step.why());
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, Optional<DataValue> value) {
        value.ifPresent(known -> {
            tree.put("value", known.plain());
            tree.put("at", known.at().toString());
        });
    }
}
