package dev.converge.language;

import dev.converge.model.Attribute;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/** What stands before the braces of a declaration: the resource's name, in one argument or several, and what may follow it. */
final class DeclarationForm {
    private final TypeSchema<?> schema;
    private final List<Expression> given;

    private DeclarationForm(TypeSchema<?> schema, List<Expression> given) {
        this.schema = schema;
        this.given = given;
    }

    /** @param call calls the word of a type */
    static DeclarationForm of(MethodCallExpression call, TypeRegistry types) {
        List<Expression> before = new ArrayList<>();
        if (call.getArguments() instanceof TupleExpression arguments) {
            before.addAll(arguments.getExpressions());
        }
        if (!before.isEmpty() && before.get(before.size() - 1) instanceof ClosureExpression) {
            before.remove(before.size() - 1);
        }
        return new DeclarationForm(types.get(call.getMethodAsString()), before);
    }

    private int parts() {
        return Math.max(1, schema.nameParts().size());
    }

    /** Whether it declares a resource, by the number of its arguments; their types are another matter. */
    boolean isComplete() {
        return !given.isEmpty()
                && !(given.get(0) instanceof MapExpression)
                && (given.size() == 1 || given.size() == parts() || givesArgument());
    }

    /** Whether the attribute that may follow the name does. */
    boolean givesArgument() {
        return schema.argument().isPresent() && given.size() == parts() + 1;
    }

    List<Expression> given() {
        return given;
    }

    /** The resource's name, where it is written out. */
    Optional<String> literalName() {
        List<Expression> names = given.subList(0, givesArgument() ? parts() : given.size());
        return names.stream().allMatch(ConstantExpression.class::isInstance)
                ? Optional.of(
                        names.stream().map(Expression::getText).collect(Collectors.joining(TypeSchema.NAME_SEPARATOR)))
                : Optional.empty();
    }

    /** How such a resource is declared, for advice. */
    static String shown(TypeSchema<?> schema) {
        List<String> names = schema.nameParts().isEmpty() ? List.of("name") : schema.nameParts();
        String quoted = names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
        String plain = schema.name() + "(" + quoted + ") { … }";
        return schema.argument()
                .map(argument -> plain + ", or " + schema.name() + "(" + quoted + ", " + sample(argument) + ")")
                .orElse(plain);
    }

    static boolean isText(Attribute argument) {
        return !Number.class.isAssignableFrom(argument.valueType()) && argument.valueType() != Boolean.class;
    }

    private static String sample(Attribute argument) {
        return isText(argument) ? "'" + argument.name() + "'" : argument.name();
    }
}
