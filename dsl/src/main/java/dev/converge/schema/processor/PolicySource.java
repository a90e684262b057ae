package dev.converge.schema.processor;

/** Writes {@code XPolicyType}, the schema, and {@code XPolicyBody}, the words between the braces. */
final class PolicySource {
    private PolicySource() {}

    static String schema(PolicyModel model) {
        String type = model.record() + "Type";
        StringBuilder out = new StringBuilder(RecordSource.header(model.packageName()));
        out.append("/** The schema of {@link ").append(model.record()).append("}. */\n");
        out.append("@SuppressWarnings(\"unchecked\")\npublic final class ").append(type);
        out.append(" extends dev.converge.schema.PolicySchema<")
                .append(model.record())
                .append("> {\n");
        out.append("    public ").append(type).append("() {\n        super(");
        out.append(RecordSource.quote(model.name())).append(", ").append(RecordSource.quote(model.doc()));
        out.append(", List.of(")
                .append(RecordSource.attributes(model.components()))
                .append("));\n    }\n\n");
        RecordSource.members(model.record(), model.components(), out);
        WordSource.schema(model.bodyWords(), out);
        return out.append("}\n").toString();
    }

    static String body(PolicyModel model) {
        String body = model.record() + "Body";
        StringBuilder out =
                new StringBuilder("package ").append(model.packageName()).append(";\n\n");
        out.append("import java.util.Collection;\n\n");
        out.append("/** What stands between the braces of {@code policy.")
                .append(model.name())
                .append("}: ");
        out.append(LanguageSource.escape(model.doc())).append(" */\n");
        out.append("public final class ").append(body);
        out.append(" extends dev.converge.language.PolicyBody {\n    public ").append(body);
        out.append("(dev.converge.language.Declaring declaring) {\n        super(new ");
        out.append(model.record()).append("Type(), declaring);\n    }\n");
        model.components().forEach(component -> LanguageSource.setters(component, out));
        WordSource.body(model.bodyWords(), out);
        return out.append("}\n").toString();
    }
}
