package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/** What a {@code lookup} gives, as far as its own arguments tell: {@code lookup('ports', List, Integer)} a List of Integer. */
final class LookupTypes {
    private static final Set<String> SCALARS = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "java.lang.Boolean",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.lang.Number",
            "java.math.BigInteger",
            "java.math.BigDecimal");

    private LookupTypes() {}

    static boolean isLookup(MethodCallExpression call) {
        return "lookup".equals(call.getMethodAsString());
    }

    /** {@code lookup('proxy', String, null)}: null alone could be any of the arguments that may follow. */
    static void giveNullItsType(MethodCallExpression call) {
        List<ClassNode> classes = classes(call);
        if (classes.size() == 1 && call.getArguments() instanceof TupleExpression arguments) {
            int last = arguments.getExpressions().size() - 1;
            Expression otherwise = arguments.getExpression(last);
            if (otherwise instanceof ConstantExpression constant && constant.isNullExpression()) {
                CastExpression typed = new CastExpression(ClassHelper.getWrapper(classes.get(0)), otherwise);
                typed.setSourcePosition(otherwise);
                arguments.getExpressions().set(last, typed);
            }
        }
    }

    /** The classes among the arguments, in their order. */
    private static List<ClassNode> classes(MethodCallExpression call) {
        List<ClassNode> classes = new ArrayList<>();
        if (call.getArguments() instanceof TupleExpression arguments) {
            for (Expression argument : arguments) {
                if (argument instanceof ClassExpression type) {
                    classes.add(type.getType());
                }
            }
        }
        return classes;
    }

    /** The type with that of its elements; empty when the declaration says all there is. */
    static Optional<ClassNode> of(MethodCallExpression call) {
        List<ClassNode> classes = classes(call);
        if (classes.size() != 2 || !isCollection(classes.get(0))) {
            return Optional.empty();
        }
        GenericsType element = new GenericsType(ClassHelper.getWrapper(classes.get(1)));
        ClassNode type = classes.get(0).getPlainNodeReference();
        type.setGenericsTypes(
                classes.get(0).equals(ClassHelper.MAP_TYPE)
                        ? new GenericsType[] {new GenericsType(ClassHelper.STRING_TYPE), element}
                        : new GenericsType[] {element});
        return Optional.of(type);
    }

    /** A class that no data can be of. */
    static Optional<Diagnostic> problem(MethodCallExpression call) {
        List<ClassNode> classes = classes(call);
        if (classes.size() == 2 && !isCollection(classes.get(0))) {
            return Optional.of(
                    wrong("Only a List and a Map have elements, and " + name(classes.get(0)) + " is neither."));
        }
        return classes.stream()
                .filter(type -> !isPossible(type))
                .findFirst()
                .map(type -> wrong("Data cannot be of the type " + name(type) + "."));
    }

    private static Diagnostic wrong(String detail) {
        return Diagnostic.error(Code.WRONG_TYPE, "Wrong type", detail)
                .suggest("Ask for String, Integer, Long, Boolean, Double, BigDecimal, an enum of the site, or"
                        + " lookup('key', List, String) and lookup('key', Map, String).");
    }

    private static boolean isCollection(ClassNode type) {
        return type.equals(ClassHelper.LIST_TYPE) || type.equals(ClassHelper.MAP_TYPE);
    }

    private static boolean isPossible(ClassNode type) {
        return isCollection(type)
                || type.isEnum()
                || SCALARS.contains(ClassHelper.getWrapper(type).getName());
    }

    private static String name(ClassNode type) {
        return type.getNameWithoutPackage();
    }
}
