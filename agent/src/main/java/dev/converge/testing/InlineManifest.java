package dev.converge.testing;

import dev.converge.schema.Values;
import java.util.Collection;
import java.util.Map;

/**
 * A manifest that stands between braces in a spec: {@code compile { … }}. Its text becomes a file in which every line and
 * column is that of the spec, so that it is checked like any other manifest and problems show the spec's own lines.
 *
 * @param text what stands between the braces
 * @param file the spec, relative to the module
 * @param line where the text begins, from 1
 * @param column where the text begins, from 1
 * @param variables those of the spec that the manifest names
 */
public record InlineManifest(String text, String file, int line, int column, Map<String, Object> variables) {

    /** The manifest's whole text. The spec's variables are in its first line, which in the spec is never a manifest's. */
    String source() {
        StringBuilder out = new StringBuilder();
        variables.forEach((name, value) -> out.append("def ")
                .append(name)
                .append(" = ")
                .append(literal(name, value))
                .append("; "));
        if (line > 1) {
            out.append("\n".repeat(line - 1)).append(" ".repeat(column - 1));
        }
        return out.append(text).append('\n').toString();
    }

    private static String literal(String name, Object value) {
        if (value == null) {
            return "null";
        }
        if (!isPlain(value)) {
            throw new SpecFailure("The manifest uses " + name + " of the spec, and that is a "
                    + value.getClass().getName()
                    + ". A manifest can take text, numbers, true and false, and lists and maps of these.");
        }
        return Values.source(value instanceof CharSequence text ? text.toString() : value);
    }

    private static boolean isPlain(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().allMatch(InlineManifest::isPlain);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().allMatch(InlineManifest::isPlain);
        }
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean;
    }
}
