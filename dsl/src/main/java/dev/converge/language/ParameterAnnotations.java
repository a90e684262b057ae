package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.GenericsType;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;

/**
 * The annotations that a parameter of a composite may have: the only ones in a site that mean something. They are read
 * here and become plain code; no annotation of a site ever runs anything.
 */
final class ParameterAnnotations {
    private static final ClassNode NUMBER = ClassHelper.make(Number.class);
    private static final ClassNode TEXT = ClassHelper.make(CharSequence.class);

    private ParameterAnnotations() {}

    /** Names to import, so that sites need not. */
    static String[] names() {
        return Stream.of(ParameterCheck.values())
                .map(check -> check.annotation().getName())
                .toArray(String[]::new);
    }

    /** By the name as it is written. */
    static boolean isOurs(String name) {
        return ParameterCheck.of(name).isPresent();
    }

    /** Right after parsing: what is wrong with one that is called like ours, where it stands and what is in it. */
    static Optional<Diagnostic> problem(AnnotationNode annotation, AnnotatedNode on) {
        String name = annotation.getClassNode().getName();
        if (!(on instanceof PropertyNode) && !(on instanceof FieldNode)) {
            return Optional.of(misplaced(name));
        }
        ParameterCheck check = ParameterCheck.of(name).orElseThrow();
        for (Map.Entry<String, Expression> member : annotation.getMembers().entrySet()) {
            if (!check.members().contains(member.getKey())) {
                return Optional.of(unknownMember(check, member.getKey()));
            }
            if (!isLiteral(member.getValue(), check.literal())) {
                return Optional.of(noLiteral(check, member.getKey()));
            }
        }
        annotation.getMembers().replaceAll((member, value) -> longer(value));
        return Optional.empty();
    }

    private static Diagnostic unknownMember(ParameterCheck check, String member) {
        String members = check.members().isEmpty() ? "nothing" : String.join(", ", check.members());
        return Diagnostic.error(
                        Code.UNKNOWN_ATTRIBUTE, "Unknown attribute", "@" + check.word() + " has no \"" + member + "\".")
                .suggest(Suggestions.didYouMean(member, check.members()).orElse("It takes " + members + "."));
    }

    private static Diagnostic noLiteral(ParameterCheck check, String member) {
        String kind = check == ParameterCheck.BETWEEN ? "a whole number" : "plain text";
        return Diagnostic.error(
                        Code.FORBIDDEN,
                        "Not allowed in a manifest",
                        "\"" + member + "\" of @" + check.word() + " takes " + kind + ", and nothing to work out.")
                .suggest("Write the value itself.");
    }

    private static Diagnostic misplaced(String name) {
        return Diagnostic.error(
                        Code.FORBIDDEN,
                        "Not allowed in a manifest",
                        "@" + name + " stands before a parameter of a composite, and nowhere else.")
                .suggest("Put it before a property of a class that extends Composite.");
    }

    /** Subclasses of constants and lists are something else: calls to make, code to run. */
    private static boolean isLiteral(Expression value, Class<?> type) {
        if (value.getClass() == ListExpression.class && type == String.class) {
            return ((ListExpression) value).getExpressions().stream().allMatch(element -> isLiteral(element, type));
        }
        return value.getClass() == ConstantExpression.class && type.isInstance(((ConstantExpression) value).getValue());
    }

    /** Groovy wants a number that is as long as its member is declared. */
    private static Expression longer(Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof Integer number) {
            ConstantExpression changed = new ConstantExpression(number.longValue(), true);
            changed.setSourcePosition(value);
            return changed;
        }
        return value;
    }

    /** The checks of a parameter, each as the word and the values that the run needs. */
    static List<List<Expression>> of(PropertyNode parameter, BiConsumer<ASTNode, Diagnostic> problems) {
        List<List<Expression>> checks = new ArrayList<>();
        for (AnnotationNode annotation : parameter.getField().getAnnotations()) {
            Optional<ParameterCheck> check = check(annotation);
            Optional<Diagnostic> problem = check.flatMap(known -> problem(known, annotation, parameter));
            problem.ifPresent(found -> problems.accept(annotation, found));
            if (check.isPresent() && problem.isEmpty()) {
                checks.add(code(check.get(), annotation));
            }
        }
        return checks;
    }

    /** Whether it is ours, not one of the site's that is called so. */
    private static Optional<ParameterCheck> check(AnnotationNode annotation) {
        return ParameterCheck.of(annotation.getClassNode().getNameWithoutPackage())
                .filter(known -> known.annotation()
                        .getName()
                        .equals(annotation.getClassNode().getName()));
    }

    /** What stands before a property of a class that is no composite, or before a plain field. */
    static void refuseOthers(ClassNode type, List<PropertyNode> parameters, BiConsumer<ASTNode, Diagnostic> problems) {
        for (FieldNode field : type.getFields()) {
            boolean parameter =
                    parameters.stream().anyMatch(property -> property.getName().equals(field.getName()));
            for (AnnotationNode annotation : field.getAnnotations()) {
                String name = annotation.getClassNode().getNameWithoutPackage();
                boolean ours = check(annotation).isPresent();
                if (isOurs(name) && !(ours && parameter)) {
                    problems.accept(annotation, misplaced(name));
                }
            }
        }
    }

    private static Optional<Diagnostic> problem(
            ParameterCheck check, AnnotationNode annotation, PropertyNode parameter) {
        ClassNode judged = check.judgesElements() ? element(parameter.getType()) : parameter.getType();
        if (!isAbout(check, ClassHelper.getWrapper(judged))) {
            return Optional.of(Diagnostic.error(
                            Code.WRONG_TYPE,
                            "Wrong type",
                            "@" + check.word() + " is about " + kind(check)
                                    + ", and \"" + parameter.getName() + "\" is "
                                    + parameter.getType().toString(false).replaceAll("\\b[a-z]+\\.", "") + ".")
                    .suggest("Take it away, or change the parameter's type."));
        }
        return check == ParameterCheck.MATCHES ? badPattern(annotation) : Optional.empty();
    }

    private static String kind(ParameterCheck check) {
        return switch (check) {
            case BETWEEN -> "numbers";
            case EACH_OF -> "maps";
            case MATCHES, ONE_OF, NOT_EMPTY -> "text";
        };
    }

    private static boolean isAbout(ParameterCheck check, ClassNode type) {
        if (check == ParameterCheck.EACH_OF) {
            return type.equals(ClassHelper.MAP_TYPE);
        }
        if (check.isAbout(Number.class)) {
            return check == ParameterCheck.NOT_EMPTY || type.isDerivedFrom(NUMBER);
        }
        return type.equals(ClassHelper.STRING_TYPE) || type.equals(TEXT) || type.implementsInterface(TEXT);
    }

    private static ClassNode element(ClassNode type) {
        boolean several = Collection.class.isAssignableFrom(known(type)) || Map.class.isAssignableFrom(known(type));
        GenericsType[] arguments = type.getGenericsTypes();
        return several && arguments != null && arguments.length > 0
                ? element(arguments[arguments.length - 1].getType())
                : type;
    }

    private static Class<?> known(ClassNode type) {
        return type.isResolved() ? type.getTypeClass() : Object.class;
    }

    private static Optional<Diagnostic> badPattern(AnnotationNode annotation) {
        try {
            Pattern.compile(text(annotation.getMember("value")));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of(Diagnostic.error(
                            Code.BAD_VALUE, "Bad value", "This is no regular expression: " + e.getDescription() + ".")
                    .suggest("Between slashes a backslash is itself: @Matches(/\\d+/)"));
        }
    }

    private static String text(Expression member) {
        return member instanceof ConstantExpression constant ? String.valueOf(constant.getValue()) : "";
    }

    private static List<Expression> code(ParameterCheck check, AnnotationNode annotation) {
        Map<String, Expression> given = new LinkedHashMap<>(annotation.getMembers());
        List<Expression> code = new ArrayList<>(List.of(new ConstantExpression(check.word())));
        if (check == ParameterCheck.BETWEEN) {
            code.add(given.getOrDefault("min", new ConstantExpression(Long.MIN_VALUE)));
            code.add(given.getOrDefault("max", new ConstantExpression(Long.MAX_VALUE)));
        } else if (given.get("value") instanceof ListExpression several) {
            code.addAll(several.getExpressions());
        } else if (given.containsKey("value")) {
            code.add(given.get("value"));
        }
        return code;
    }
}
