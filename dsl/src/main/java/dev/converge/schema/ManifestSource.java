package dev.converge.schema;

import dev.converge.model.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A resource as a manifest declares it; what may not be seen is left out. */
public final class ManifestSource {
    private ManifestSource() {}

    /** The declaration of a resource that is there, ending with a line end. */
    public static <R extends Resource> String present(TypeSchema<R> schema, String name, R resource) {
        List<GivenAttribute> all = GivenAttribute.of(schema, resource).stream()
                .filter(given -> !Values.isSensitive(given.value()))
                .toList();
        if (all.size() == 1 && schema.argument().equals(Optional.of(all.get(0).attribute()))) {
            return schema.name() + " " + names(schema, name) + ", "
                    + Values.source(all.get(0).value()) + "\n";
        }
        List<String> body = all.stream()
                .map(given -> given.attribute().name() + argument(given.value()))
                .toList();
        return declaration(schema, name, body);
    }

    /** The declaration of a resource that is not there. */
    public static String absent(TypeSchema<?> schema, String name) {
        return declaration(schema, name, List.of("ensure 'absent'"));
    }

    /** A declaration with these lines between its braces. */
    public static String declaration(TypeSchema<?> schema, String name, List<String> body) {
        String literal = names(schema, name);
        if (body.isEmpty()) {
            return schema.name() + " " + literal + "\n";
        }
        StringBuilder out = new StringBuilder(schema.name());
        out.append('(').append(literal).append(") {\n");
        body.forEach(line -> out.append("    ").append(line).append('\n'));
        return out.append("}\n").toString();
    }

    private static String names(TypeSchema<?> schema, String name) {
        return schema.nameArguments(name).stream().map(ManifestText::literal).collect(Collectors.joining(", "));
    }

    /** After a word, Groovy reads a bracket as an index and a minus as a subtraction: those get parentheses. */
    public static String argument(Object value) {
        String source = Values.source(value);
        if (value instanceof Collection<?> several) {
            return several.isEmpty() ? "([])" : " " + source.substring(1, source.length() - 1);
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? "([:])" : " " + source.substring(1, source.length() - 1);
        }
        return source.startsWith("-") ? "(" + source + ")" : " " + source;
    }
}
