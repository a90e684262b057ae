package dev.converge.language;

import java.util.List;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.tools.WideningCategories;

/** What an author wrote as a value, in the author's words. */
final class Literals {
    private Literals() {}

    /** The literal as it is written: the parser has already read 0644 as 420. */
    static String written(ConstantExpression constant, SourceFile source) {
        List<String> lines = source.text().lines().toList();
        int line = constant.getLineNumber() - 1;
        if (line < 0 || line >= lines.size() || constant.getLastLineNumber() != constant.getLineNumber()) {
            return constant.getText();
        }
        int from = constant.getColumnNumber() - 1;
        int to = Math.min(constant.getLastColumnNumber() - 1, lines.get(line).length());
        return from >= 0 && from < to ? lines.get(line).substring(from, to).strip() : constant.getText();
    }

    /** A value as an attribute takes it: text in quotes. */
    static String asValue(Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof String text) {
            return "'" + text + "'";
        }
        return value.getText();
    }

    /** What a value is, for "takes text, not …". */
    static String kind(Expression value, ClassNode type, SourceFile source) {
        if (value instanceof ConstantExpression constant && !(constant.getValue() instanceof CharSequence)) {
            return written(constant, source);
        }
        if (type.implementsInterface(ClassHelper.make(CharSequence.class))) {
            return "text";
        }
        if (WideningCategories.isNumberCategory(ClassHelper.getWrapper(type))) {
            return "a number";
        }
        return switch (type.getNameWithoutPackage()) {
            case "boolean", "Boolean" -> "true or false";
            case "Closure" -> "a closure";
            case "Reference" -> "a reference";
            case "Object" -> "something of which only the run will know the type";
            default ->
                type.implementsInterface(ClassHelper.MAP_TYPE)
                        ? "a map"
                        : type.implementsInterface(ClassHelper.COLLECTION_TYPE) || type.isArray()
                                ? "a list"
                                : type.getNameWithoutPackage();
        };
    }
}
