package dev.converge.schema.processor;

import dev.converge.schema.processor.DeclarationForms.Form;

/** Writes {@code XBody} and {@code XDeclarations}, the words of the manifest. */
final class LanguageSource {
    private LanguageSource() {}

    static String body(TypeModel model) {
        String name = model.base() + "Body";
        StringBuilder out = new StringBuilder();
        out.append("package ").append(model.packageName()).append(";\n\n");
        out.append("import dev.converge.language.Declaring;\nimport dev.converge.language.ResourceBody;\n");
        out.append("import java.util.Collection;\n\n");
        out.append("/** What stands between the braces of {@code ")
                .append(model.name())
                .append("}: ");
        out.append(escape(model.doc())).append(" */\n");
        out.append("public final class ").append(name).append(" extends ResourceBody {\n");
        DeclarationForms.of(model).forEach(form -> constructor(model, name, form, out));
        model.components().stream().filter(Component::isWord).forEach(component -> setters(component, out));
        WordSource.body(model.bodyWords(), out);
        return out.append("}\n").toString();
    }

    private static void constructor(TypeModel model, String className, Form form, StringBuilder out) {
        out.append("    public ").append(className).append("(Declaring declaring, ");
        out.append(form.parameters()).append(") {\n        super(");
        out.append(RecordSource.quote(model.name())).append(", declaring, ").append(form.name());
        out.append(");\n");
        form.argument().ifPresent(c -> out.append("        setAttribute(")
                .append(c.index())
                .append(", ")
                .append(c.name())
                .append(");\n"));
        out.append("    }\n");
    }

    /** A list takes one value by a method of its own, since Groovy prefers {@code print(Object)} to {@code print(T...)}. */
    static void setters(Component c, StringBuilder out) {
        String one = scalar(c.kind());
        switch (c.shape()) {
            case ONE, OPTIONAL -> setter(c, one + " value", "value", out);
            case LIST, OPTIONAL_LIST, OPTIONAL_SET -> {
                setter(c, one + " value", "new " + one + "[] {value}", out);
                setter(c, one + "... value", "value", out);
                setter(c, "Collection<? extends " + boxed(one) + "> value", "value", out);
            }
            case MAP, OPTIONAL_MAP -> setter(c, "java.util.Map<String, ?> value", "value", out);
        }
    }

    private static void setter(Component c, String parameter, String value, StringBuilder out) {
        out.append("\n    /** ")
                .append(escape(c.doc()))
                .append(" */\n    public void ")
                .append(c.name());
        out.append("(").append(parameter).append(") {\n        setAttribute(");
        out.append(c.index()).append(", ").append(value).append(");\n    }\n");
    }

    /** What a manifest gives for one value. */
    static String scalar(Kind kind) {
        return switch (kind) {
            case INTEGER -> "int";
            case LONG -> "long";
            case BOOLEAN -> "boolean";
            case STRING, PATH, DURATION, ENUM, SENSITIVE, PARSED -> "CharSequence";
        };
    }

    private static String boxed(String scalar) {
        return switch (scalar) {
            case "int" -> "Integer";
            case "long" -> "Long";
            case "boolean" -> "Boolean";
            default -> scalar;
        };
    }

    static String declarations(TypeModel model) {
        String body = model.base() + "Body";
        String closure =
                "@DelegatesTo(value = " + body + ".class, strategy = Closure.DELEGATE_ONLY) Closure<?> attributes";
        StringBuilder out = new StringBuilder();
        out.append("package ").append(model.packageName()).append(";\n\n");
        out.append("import dev.converge.language.Declaring;\nimport dev.converge.language.Reference;\n");
        out.append("import groovy.lang.Closure;\nimport groovy.lang.DelegatesTo;\nimport java.util.Collection;\n\n");
        out.append("/** The words that declare {@code ").append(model.name()).append("}. */\n");
        out.append("public interface ").append(model.base()).append("Declarations extends Declaring {\n");
        for (Form form : DeclarationForms.of(model)) {
            String made = "new " + body + "(this, " + form.arguments() + ")";
            method(model, form.parameters(), "declare(" + made + ")", out);
            method(model, form.parameters() + ", " + closure, "declare(" + made + ", attributes)", out);
        }
        return out.append("}\n").toString();
    }

    private static void method(TypeModel model, String parameters, String call, StringBuilder out) {
        out.append("\n    /** ").append(escape(model.doc())).append(" */\n    default Reference ");
        out.append(model.name()).append("(").append(parameters).append(") {\n        return ");
        out.append(call).append(";\n    }\n");
    }

    static String escape(String doc) {
        return doc.replace("*/", "*&#47;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }
}
