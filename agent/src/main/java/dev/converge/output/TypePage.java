package dev.converge.output;

import dev.converge.model.Attribute;
import dev.converge.schema.Parsing;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.TypeSchema.EnsureAlias;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The documentation of a resource type, from its record. */
public final class TypePage {
    private final TypeSchema<?> schema;
    private final Style style;

    public TypePage(TypeSchema<?> schema, Style style) {
        this.schema = schema;
        this.style = style;
    }

    /** The whole page. */
    public String all() {
        StringBuilder out = new StringBuilder(style.bold(schema.name())).append('\n');
        out.append(Paragraph.of(schema.summary(), 2)).append('\n');
        TypeExample.of(schema)
                .lines()
                .forEach(line -> out.append("    ").append(line).append('\n'));
        section("Name", Attribute.Role.ID, out);
        section("Attributes: the state of the host; what is left out is not touched", Attribute.Role.PROPERTY, out);
        section("Parameters: how to converge; never compared", Attribute.Role.PARAMETER, out);
        section("Reported too: follows from the rest, and is not given", Attribute.Role.DERIVED, out);
        out.append('\n').append(style.bold("ensure")).append('\n');
        ensureWords().forEach(line -> out.append(Paragraph.of(line, 2)));
        out.append('\n').append(style.bold("On every type")).append('\n');
        out.append(Paragraph.of("requires, before, notifies, subscribes, tags, noop", 2));
        return out.toString();
    }

    /** One attribute. */
    public String attribute(Attribute attribute) {
        return style.bold(schema.name() + "." + attribute.name()) + "   "
                + style.dim(facts(attribute) + role(attribute)) + "\n" + Paragraph.of(sentence(attribute.doc()), 2);
    }

    private static String role(Attribute attribute) {
        return switch (attribute.role()) {
            case ID -> ", the name";
            case PROPERTY -> "";
            case DERIVED -> ", follows from others: compared, never given";
            case PARAMETER -> ", parameter: says how to converge, never compared";
        };
    }

    private void section(String title, Attribute.Role role, StringBuilder out) {
        List<Attribute> members = schema.attributes().stream()
                .filter(attribute -> attribute.role() == role)
                .toList();
        if (members.isEmpty()) {
            return;
        }
        out.append('\n').append(style.bold(title)).append('\n');
        for (Attribute attribute : members) {
            out.append("  ").append(style.cyan(attribute.name()));
            out.append("   ").append(style.dim(facts(attribute))).append('\n');
            out.append(Paragraph.of(sentence(attribute.doc()), 6));
        }
    }

    private static String facts(Attribute attribute) {
        StringBuilder out = new StringBuilder(kind(attribute));
        if (attribute.isRequired()) {
            out.append(", required");
        }
        attribute.defaultValue().ifPresent(value -> out.append(", default ").append(value));
        return out.toString();
    }

    private static String kind(Attribute attribute) {
        String one = kind(attribute.valueType());
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> one;
            case LIST, OPTIONAL_LIST -> "list of " + one;
            case OPTIONAL_SET -> "set of " + one;
            case MAP, OPTIONAL_MAP -> "map of " + one;
        };
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> "'" + Parsing.spelling((Enum<?>) constant) + "'")
                    .collect(Collectors.joining(" or "));
        }
        return switch (type.getSimpleName()) {
            case "String", "Text" -> "text";
            case "Path" -> "absolute path";
            case "Integer", "Long" -> "whole number";
            case "Boolean" -> "true or false";
            default ->
                type.getSimpleName().replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        };
    }

    private static String sentence(String doc) {
        String text = Character.toUpperCase(doc.charAt(0)) + doc.substring(1);
        return text.endsWith(".") ? text : text + ".";
    }

    private List<String> ensureWords() {
        List<String> lines = new ArrayList<>();
        lines.add("'present' (default)" + (schema.absentable() ? " or 'absent'" : ""));
        for (EnsureAlias alias : schema.ensureAliases()) {
            lines.add("'" + alias.word() + "': " + Parsing.spelling(alias.ensure()) + ", with " + alias.attribute()
                    + " '" + alias.value() + "'");
        }
        return lines;
    }
}
