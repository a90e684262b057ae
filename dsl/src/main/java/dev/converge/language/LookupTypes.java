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
        return "lookup".equals(call.getMethodAsString())
                && call.getArguments() instanceof TupleExpression arguments
                && !arguments.getExpressions().isEmpty(); // one without a key is somebody else's
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

    /**
     * A value for when no level has the key that is no list or map, where one is asked for.
     *
     * @param last the type of the last argument
     */
    static Optional<Diagnostic> otherwise(MethodCallExpression call, ClassNode last, SourceFile source) {
        List<Expression> given = ((TupleExpression) call.getArguments()).getExpressions();
        Expression value = given.get(given.size() - 1);
        Optional<ClassNode> wanted = of(call);
        boolean wrong = wanted.isPresent()
                && !(value instanceof ClassExpression)
                && !(value instanceof ConstantExpression constant && constant.isNullExpression())
                && !ClassHelper.isObjectType(last)
                && !last.implementsInterface(wanted.get());
        return wrong
                ? Optional.of(wrongOtherwise(
                        Literals.kind(value, last, source), wanted.get().toString(false)))
                : Optional.empty();
    }

    static Diagnostic wrongOtherwise(String kind, String wanted) {
        return Diagnostic.error(
                        Code.WRONG_TYPE,
                        "Wrong type",
                        "The value for when no level has the key is " + kind + ", where " + GroovyErrors.plain(wanted)
                                + " is wanted.")
                .suggest("Give a value of this type, or ask for another one.");
    }

    /** What is wrong with arguments that fit no form of it. */
    static Diagnostic misused(MethodCallExpression call) {
        List<ClassNode> classes = classes(call);
        List<Expression> given = ((TupleExpression) call.getArguments()).getExpressions();
        Optional<Diagnostic> impossible = problem(call);
        if (impossible.isPresent()) {
            return impossible.get();
        }
        if (classes.isEmpty()) {
            return Diagnostic.error(Code.WRONG_TYPE, "Wrong type", "A lookup says of which type the value is.")
                    .suggest(typed(given));
        }
        return Diagnostic.error(
                        Code.WRONG_TYPE,
                        "Wrong type",
                        "A lookup takes a key, a type, and perhaps the value for when no level has the key.")
                .suggest("Write lookup('key', String), or lookup('key', List, String, []).");
    }

    private static String typed(List<Expression> given) {
        boolean literals = given.stream().allMatch(ConstantExpression.class::isInstance);
        if (!literals || given.isEmpty() || given.size() > 2) {
            return "Write lookup('key', String), or Integer, Boolean, List, Map …";
        }
        String key = Literals.asValue(given.get(0));
        return given.size() == 1
                ? "Write lookup(" + key + ", String), or Integer, Boolean, List, Map …"
                : "Write lookup(" + key + ", "
                        + ClassHelper.getWrapper(given.get(1).getType()).getNameWithoutPackage() + ", "
                        + Literals.asValue(given.get(1)) + ").";
    }

    /** What the rest of the manifest may take it for. */
    static ClassNode asked(MethodCallExpression call) {
        List<ClassNode> classes = classes(call);
        return of(call).orElse(classes.isEmpty() ? ClassHelper.dynamicType() : classes.get(0));
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
