package dev.converge.schema.processor;

import dev.converge.schema.EnsureWord;
import java.util.List;
import java.util.stream.Collectors;

/** Writes {@code XType}, the schema. */
final class SchemaSource {
    private SchemaSource() {}

    static String of(TypeModel model) {
        String record = model.record();
        StringBuilder out = new StringBuilder(RecordSource.header(model.packageName()));
        out.append("/** The schema of {@code ").append(model.name()).append("}; generated from {@link ");
        out.append(record).append("}. */\n@SuppressWarnings(\"unchecked\")\n");
        out.append("public final class ")
                .append(model.base())
                .append("Type extends TypeSchema<")
                .append(record);
        out.append("> {\n    public ").append(model.base()).append("Type() {\n        super(\n");
        out.append("                ").append(RecordSource.quote(model.name())).append(",\n");
        out.append("                ").append(RecordSource.quote(model.doc())).append(",\n");
        out.append("                ")
                .append(RecordSource.quote(model.creation()))
                .append(",\n");
        out.append("                ").append(model.absentable()).append(",\n                List.of(");
        out.append(RecordSource.attributes(model.components()));
        out.append("),\n                List.of(");
        out.append(model.words().stream().map(SchemaSource::alias).collect(Collectors.joining(",")));
        out.append("));\n    }\n\n");
        example(model, out);
        if (model.removesBelow()) {
            out.append("    @Override\n    public boolean removesBelow() {\n        return true;\n    }\n\n");
        }
        lists(model, out);
        argument(model, out);
        RecordSource.members(model.record(), model.components(), out);
        WordSource.schema(model.bodyWords(), out);
        out.append("    @Override\n    public dev.converge.provider.Provider<").append(record);
        out.append("> newProvider() {\n        return new ")
                .append(model.provider())
                .append("();\n    }\n}\n");
        return out.toString();
    }

    private static String alias(EnsureWord word) {
        return "new EnsureAlias(" + RecordSource.quote(word.value()) + ", Ensure." + word.ensure() + ", "
                + RecordSource.quote(word.attribute()) + ", " + RecordSource.quote(word.is()) + ")";
    }

    private static void example(TypeModel model, StringBuilder out) {
        if (!model.example().isEmpty()) {
            out.append("    @Override\n    public Optional<String> example() {\n        return Optional.of(");
            out.append(RecordSource.quote(model.example())).append(");\n    }\n\n");
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
            out.append(texts.stream().map(RecordSource::quote).collect(Collectors.joining(", ")));
            out.append(");\n    }\n\n");
        }
    }

    private static void argument(TypeModel model, StringBuilder out) {
        model.argument().ifPresent(c -> out.append("    @Override\n    public Optional<Attribute> argument() {\n")
                .append("        return Optional.of(attributes().get(")
                .append(c.index())
                .append("));\n    }\n\n"));
    }
}
