package dev.converge.schema.processor;

import java.util.List;
import java.util.stream.Collectors;

/** Writes what each schema has: its attributes, and the way from a record's components to the record and back. */
final class RecordSource {
    private RecordSource() {}

    /** Package and imports. */
    static String header(String packageName) {
        return "package " + packageName + ";\n\n"
                + "import dev.converge.model.Attribute;\nimport dev.converge.model.Ensure;\n"
                + "import dev.converge.model.SiteFiles;\nimport dev.converge.schema.Parsing;\n"
                + "import dev.converge.schema.TypeSchema;\nimport dev.converge.schema.WordForm;\n"
                + "import java.util.List;\nimport java.util.Optional;\n\n";
    }

    static String attributes(List<Component> components) {
        return components.stream().map(RecordSource::attribute).collect(Collectors.joining(","));
    }

    static void members(String record, List<Component> components, StringBuilder out) {
        values(record, components, out);
        create(record, components, out);
        parse(components, out);
    }

    private static String attribute(Component c) {
        return "\n                        new Attribute(" + c.index() + ", " + quote(c.name()) + ", " + c.valueType()
                + ".class, Attribute.Shape." + c.shape() + ", Attribute.Role." + c.role() + ", "
                + c.defaultValue()
                        .map(text -> "Optional.of(" + quote(text) + ")")
                        .orElse("Optional.empty()")
                + ", List.of("
                + c.autoRequires().stream().map(RecordSource::quote).collect(Collectors.joining(", "))
                + "), " + c.ancestors() + ", " + c.before() + ", " + c.yields() + ", " + c.removedFirst() + ", "
                + c.required() + ", "
                + c.recreates() + ", "
                + quote(c.doc()) + ")";
    }

    private static void values(String record, List<Component> components, StringBuilder out) {
        out.append("    @Override\n    public Object[] values(").append(record);
        out.append(" resource) {\n        return new Object[] {");
        out.append(components.stream().map(c -> "resource." + c.name() + "()").collect(Collectors.joining(", ")));
        out.append("};\n    }\n\n");
    }

    private static void create(String record, List<Component> components, StringBuilder out) {
        out.append("    @Override\n    public ").append(record).append(" create(Object[] values) {\n");
        out.append("        return new ").append(record).append("(");
        out.append(components.stream()
                .map(c -> "(" + c.type() + ") values[" + c.index() + "]")
                .collect(Collectors.joining(", ")));
        out.append(");\n    }\n\n");
    }

    private static void parse(List<Component> components, StringBuilder out) {
        out.append("    @Override\n    public Object parse(int attribute, String text, SiteFiles files) {\n");
        out.append("        return switch (attribute) {\n");
        for (Component c : components) {
            out.append("            case ")
                    .append(c.index())
                    .append(" -> ")
                    .append(parseOne(c))
                    .append(";\n");
        }
        out.append("            default -> throw new IllegalArgumentException(\"no attribute \" + attribute);\n");
        out.append("        };\n    }\n\n");
    }

    private static String parseOne(Component c) {
        if (c.kind() == Kind.SENSITIVE) {
            return c.valueType() + ".of(text)";
        }
        return parsed(c.kind(), c.valueType(), c.takesFiles() ? "text, files" : "text");
    }

    /** @param text the expression that is parsed */
    static String parsed(Kind kind, String type, String text) {
        return switch (kind) {
            case STRING -> text;
            case PATH -> "Parsing.path(" + text + ")";
            case INTEGER -> "Parsing.integer(" + text + ")";
            case LONG -> "Parsing.longInteger(" + text + ")";
            case BOOLEAN -> "Parsing.bool(" + text + ")";
            case DURATION -> "dev.converge.model.Durations.parse(" + text + ")";
            case ENUM -> "Parsing.constant(" + type + ".class, " + text + ")";
            case SENSITIVE, PARSED -> type + ".parse(" + text + ")";
        };
    }

    static String quote(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
