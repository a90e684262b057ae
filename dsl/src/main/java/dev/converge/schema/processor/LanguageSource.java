package dev.converge.schema.processor;

import dev.converge.model.Attribute.Role;
import dev.converge.schema.processor.TypeModel.Component;
import dev.converge.schema.processor.TypeModel.Kind;

/** Writes {@code XBody} and {@code XDeclarations}, the words of the manifest. */
final class LanguageSource {
    private LanguageSource() {}

    static String body(TypeModel model) {
        String name = model.base() + "Body";
        StringBuilder out = new StringBuilder();
        out.append("package ").append(model.packageName()).append(";\n\n");
        out.append("import dev.converge.language.Declaring;\nimport dev.converge.language.ResourceBody;\n\n");
        out.append("/** What stands between the braces of {@code ")
                .append(model.name())
                .append("}: ");
        out.append(escape(model.doc())).append(" */\n");
        out.append("public final class ").append(name).append(" extends ResourceBody {\n");
        constructor(model, name, "CharSequence name", out);
        constructor(model, name, "java.util.Collection<? extends CharSequence> name", out);
        for (Component component : model.components()) {
            if (component.role() == Role.PROPERTY || component.role() == Role.PARAMETER) {
                setters(component, out);
            }
        }
        return out.append("}\n").toString();
    }

    private static void constructor(TypeModel model, String className, String parameter, StringBuilder out) {
        out.append("    public ")
                .append(className)
                .append("(Declaring owner, ")
                .append(parameter)
                .append(") {\n");
        out.append("        super(").append(SchemaSource.quote(model.name())).append(", owner, name);\n    }\n");
    }

    private static void setters(Component c, StringBuilder out) {
        String one = scalar(c.kind());
        switch (c.shape()) {
            case ONE, OPTIONAL -> setter(c, one + " value", out);
            case LIST, OPTIONAL_LIST, OPTIONAL_SET -> {
                setter(c, one + "... value", out);
                setter(c, "java.util.Collection<? extends " + boxed(one) + "> value", out);
            }
            case MAP, OPTIONAL_MAP -> setter(c, "java.util.Map<String, ?> value", out);
        }
    }

    private static void setter(Component c, String parameter, StringBuilder out) {
        out.append("\n    /** ")
                .append(escape(c.doc()))
                .append(" */\n    public void ")
                .append(c.name());
        out.append("(")
                .append(parameter)
                .append(") {\n        set(")
                .append(c.index())
                .append(", value);\n    }\n");
    }

    private static String scalar(Kind kind) {
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
        String word = model.name();
        String closure =
                "@DelegatesTo(value = " + body + ".class, strategy = Closure.DELEGATE_ONLY) Closure<?> attributes";
        StringBuilder out = new StringBuilder();
        out.append("package ").append(model.packageName()).append(";\n\n");
        out.append("import dev.converge.language.Declaring;\nimport dev.converge.language.Reference;\n");
        out.append("import groovy.lang.Closure;\nimport groovy.lang.DelegatesTo;\nimport java.util.Collection;\n\n");
        out.append("/** The words that declare {@code ").append(word).append("}. */\n");
        out.append("public interface ").append(model.base()).append("Declarations extends Declaring {\n");
        method(model, word + "(CharSequence name)", "declare(new " + body + "(this, name))", out);
        method(
                model,
                word + "(CharSequence name, " + closure + ")",
                "declare(new " + body + "(this, name), attributes)",
                out);
        method(
                model,
                word + "(Collection<? extends CharSequence> names)",
                "declare(new " + body + "(this, names))",
                out);
        method(
                model,
                word + "(Collection<? extends CharSequence> names, " + closure + ")",
                "declare(new " + body + "(this, names), attributes)",
                out);
        return out.append("}\n").toString();
    }

    private static void method(TypeModel model, String signature, String call, StringBuilder out) {
        out.append("\n    /** ").append(escape(model.doc())).append(" */\n    default Reference ");
        out.append(signature).append(" {\n        return ").append(call).append(";\n    }\n");
    }

    private static String escape(String doc) {
        return doc.replace("*/", "*&#47;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("@", "&#64;");
    }
}
