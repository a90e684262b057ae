package dev.converge.schema.processor;

import dev.converge.schema.EnsureWord;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code XType}, the schema. */
final class SchemaSource {
    private SchemaSource() {}

    static String of(TypeModel model) {
        String record = model.record();
        StringBuilder out = new StringBuilder();
        out.append("package ").append(model.packageName()).append(";\n\n");
        out.append("import dev.converge.model.Attribute;\nimport dev.converge.model.Ensure;\n");
        out.append("import dev.converge.model.SiteFiles;\nimport dev.converge.schema.Parsing;\n");
        out.append(
                "import dev.converge.schema.TypeSchema;\nimport dev.converge.schema.WordForm;\nimport java.util.List;\nimport java.util.Optional;\n\n");
        out.append("/** The schema of {@code ").append(model.name()).append("}; generated from {@link ");
        out.append(record).append("}. */\n@SuppressWarnings(\"unchecked\")\n");
        out.append("public final class ")
                .append(model.base())
                .append("Type extends TypeSchema<")
                .append(record);
        out.append("> {\n    public ").append(model.base()).append("Type() {\n        super(\n");
        out.append("                ").append(quote(model.name())).append(",\n");
        out.append("                ").append(quote(model.doc())).append(",\n");
        out.append("                ").append(quote(model.creation())).append(",\n");
        out.append("                ").append(model.absentable()).append(",\n                List.of(");
        out.append(model.components().stream().map(SchemaSource::attribute).collect(Collectors.joining(",")));
        out.append("),\n                List.of(");
        out.append(model.words().stream().map(SchemaSource::alias).collect(Collectors.joining(",")));
        out.append("));\n    }\n\n");
        example(model, out);
        lists(model, out);
        argument(model, out);
        values(model, out);
        create(model, out);
        parse(model, out);
        WordSource.schema(model.bodyWords(), out);
        out.append("    @Override\n    public dev.converge.provider.Provider<").append(record);
        out.append("> newProvider() {\n        return new ")
                .append(model.provider())
                .append("();\n    }\n}\n");
        return out.toString();
    }

    private static String attribute(Component c) {
        return "\n                        new Attribute(" + c.index() + ", " + quote(c.name()) + ", " + c.valueType()
                + ".class, Attribute.Shape." + c.shape() + ", Attribute.Role." + c.role() + ", "
                + c.defaultValue()
                        .map(text -> "Optional.of(" + quote(text) + ")")
                        .orElse("Optional.empty()")
                + ", List.of("
                + c.autoRequires().stream().map(SchemaSource::quote).collect(Collectors.joining(", "))
                + "), " + c.ancestors() + ", " + c.before() + ", " + c.removedFirst() + ", " + c.required() + ", "
                + c.recreates() + ", "
                + quote(c.doc()) + ")";
    }

    private static String alias(EnsureWord word) {
        return "new EnsureAlias(" + quote(word.value()) + ", Ensure." + word.ensure() + ", " + quote(word.attribute())
                + ", " + quote(word.is()) + ")";
    }

    private static void example(TypeModel model, StringBuilder out) {
        if (!model.example().isEmpty()) {
            out.append("    @Override\n    public Optional<String> example() {\n        return Optional.of(");
            out.append(quote(model.example())).append(");\n    }\n\n");
        }
    }

    private static void lists(TypeModel model, StringBuilder out) {
        list("after", model.after(), out);
        list("nameParts", model.nameParts(), out);
    }

    private static void list(String method, List<String> texts, StringBuilder out) {
        if (!texts.isEmpty()) {
            out.append("    @Override\n    public List<String> ")
                    .append(method)
                    .append("() {\n        return List.of(");
            out.append(texts.stream().map(SchemaSource::quote).collect(Collectors.joining(", ")));
            out.append(");\n    }\n\n");
        }
    }

    private static void argument(TypeModel model, StringBuilder out) {
        model.argument().ifPresent(c -> out.append("    @Override\n    public Optional<Attribute> argument() {\n")
                .append("        return Optional.of(attributes().get(")
                .append(c.index())
                .append("));\n    }\n\n"));
    }

    private static void values(TypeModel model, StringBuilder out) {
        out.append("    @Override\n    public Object[] values(").append(model.record());
        out.append(" resource) {\n        return new Object[] {");
        out.append(model.components().stream()
                .map(c -> "resource." + c.name() + "()")
                .collect(Collectors.joining(", ")));
        out.append("};\n    }\n\n");
    }

    private static void create(TypeModel model, StringBuilder out) {
        out.append("    @Override\n    public ").append(model.record()).append(" create(Object[] values) {\n");
        out.append("        return new ").append(model.record()).append("(");
        out.append(model.components().stream()
                .map(c -> "(" + c.type() + ") values[" + c.index() + "]")
                .collect(Collectors.joining(", ")));
        out.append(");\n    }\n\n");
    }

    private static void parse(TypeModel model, StringBuilder out) {
        out.append("    @Override\n    public Object parse(int attribute, String text, SiteFiles files) {\n");
        out.append("        return switch (attribute) {\n");
        for (Component c : model.components()) {
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
