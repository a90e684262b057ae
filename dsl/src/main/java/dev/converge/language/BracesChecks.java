package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Attribute;
import dev.converge.schema.TypeSchema;
import java.util.LinkedHashSet;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;

/** Finds in the braces of a declaration or an include what their types alone do not tell. */
final class BracesChecks {
    private final SiteConfiguration configuration;
    private final SourceFile source;

    BracesChecks(SiteConfiguration configuration, SourceFile source) {
        this.configuration = configuration;
        this.source = source;
    }

    /** Keeps what is wrong with a call. */
    void note(MethodCallExpression call, Diagnostic problem) {
        configuration.note(problem.at(GroovyErrors.range(source, call.getMethod())));
    }

    /** {@code pkg['nginx']} as a statement: it looks like a declaration. */
    void uselessReference(BinaryExpression reference) {
        String type = reference.getLeftExpression().getText();
        configuration.note(Diagnostic.error(
                        Code.SYNTAX,
                        "Syntax error",
                        "This names a " + type + " that is declared elsewhere, and does nothing with it.")
                .suggest("To declare it, write: " + type + names(reference.getRightExpression())
                        + "; to come after it, write requires before it.")
                .at(GroovyErrors.range(source, reference)));
    }

    private static String names(Expression index) {
        return index instanceof ConstantExpression ? " " + Literals.asValue(index) : "(['…', '…'])";
    }

    /** @param word what is called at the top level or in a composite's body */
    void check(MethodCallExpression call, String word) {
        boolean resource = configuration.types().names().contains(word);
        if (!resource && !word.equals("include")) {
            return;
        }
        Gathered gathered = new Gathered();
        if (last(call) instanceof ClosureExpression body) {
            body.getCode().visit(gathered);
        }
        if (resource) {
            DeclarationForm form = DeclarationForm.of(call, configuration.types());
            if (form.isComplete() && !(form.given().get(0) instanceof MethodCallExpression)) {
                attributes(configuration.types().get(word), call, form, gathered);
            }
        } else if (call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpression(0) instanceof ClassExpression) {
            gathered.assignments.forEach(this::refuse);
        }
    }

    /** The last argument of a call, which its braces are; itself when it has none. */
    static Expression last(MethodCallExpression call) {
        return call.getArguments() instanceof TupleExpression arguments
                        && !arguments.getExpressions().isEmpty()
                ? arguments.getExpression(arguments.getExpressions().size() - 1)
                : call;
    }

    /** Groovy would take {@code port = 80} for setting a property of the composite. */
    private void refuse(BinaryExpression assignment) {
        String name = ((VariableExpression) assignment.getLeftExpression()).getName();
        configuration.note(NameProblems.assignment(name, true, assignment.getRightExpression())
                .at(GroovyErrors.range(source, assignment.getLeftExpression())));
    }

    private void attributes(TypeSchema<?> schema, MethodCallExpression call, DeclarationForm form, Gathered gathered) {
        schema.argument().filter(argument -> form.givesArgument()).ifPresent(argument -> {
            if (!gathered.words.add(argument.name())) {
                configuration.note(twice(schema, argument).at(Places.range(source.path(), call)));
            }
        });
        if (!gathered.words.contains("ensure")) {
            required(schema, call, form, gathered);
        }
    }

    private static Diagnostic twice(TypeSchema<?> schema, Attribute argument) {
        return Diagnostic.error(
                        Code.CONFLICTING_ATTRIBUTES,
                        "Attributes contradict each other",
                        "\"" + argument.name() + "\" of " + schema.name()
                                + " is given twice: behind the name and between the braces.")
                .suggest("Give it in one of the two places.");
    }

    private void required(TypeSchema<?> schema, MethodCallExpression call, DeclarationForm form, Gathered gathered) {
        String shown =
                form.literalName().map(name -> schema.name() + "[" + name + "]").orElse(schema.name());
        for (Attribute attribute : schema.attributes()) {
            if (attribute.isRequired() && !gathered.words.contains(attribute.name())) {
                configuration.note(Diagnostic.error(
                                Code.MISSING_ATTRIBUTE,
                                "Missing attribute",
                                shown + " needs \"" + attribute.name() + "\": " + attribute.doc())
                        .at(Places.range(source.path(), call)));
            }
        }
    }

    /** The words that stand between braces, wherever there. */
    private static final class Gathered extends CodeVisitorSupport {
        private final Set<String> words = new LinkedHashSet<>();
        private final Set<BinaryExpression> assignments = new LinkedHashSet<>();

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            words.add(String.valueOf(call.getMethodAsString()));
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitBinaryExpression(BinaryExpression expression) {
            if (expression.getLeftExpression() instanceof VariableExpression variable
                    && variable.getAccessedVariable() instanceof DynamicVariable) {
                words.add(variable.getName());
                if (expression.getOperation().getType() == Types.ASSIGN) {
                    assignments.add(expression);
                }
            }
            super.visitBinaryExpression(expression);
        }
    }
}
