package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.schema.PolicyRegistry;
import java.util.Optional;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;

/** The form of {@code policy.images { … }}. */
final class PolicyCalls {
    private static final String WORD = "policy";

    private PolicyCalls() {}

    /** Whether it is meant to set a policy. */
    static boolean isPolicy(MethodCallExpression call) {
        return call.getObjectExpression() instanceof VariableExpression variable
                && variable.getName().equals(WORD)
                && variable.getAccessedVariable() instanceof DynamicVariable;
    }

    /**
     * What is wrong with it.
     *
     * @param atTop whether a manifest's own statement is looked at
     */
    static Optional<Diagnostic> problem(MethodCallExpression call, PolicyRegistry policies, boolean atTop) {
        String name = String.valueOf(call.getMethodAsString());
        if (!policies.names().contains(name)) {
            return Optional.of(Diagnostic.error(
                            Code.UNKNOWN_NAME, "Unknown policy", "There is no policy \"" + name + "\".")
                    .suggest(Suggestions.didYouMean(name, policies.names())
                            .or(() -> Optional.of("There is "
                                    + String.join(
                                            ", ",
                                            policies.names().stream()
                                                    .map(PolicyCalls::shown)
                                                    .toList()) + "."))));
        }
        boolean braces = call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpressions().size() == 1
                && arguments.getExpression(0) instanceof ClosureExpression body
                && !BodyInlining.returns(body);
        return braces && atTop ? Optional.empty() : Optional.of(misplaced().suggest("Write: " + shown(name)));
    }

    /** A policy is no value, and holds for the site rather than for what is around it. */
    static Diagnostic misplaced() {
        return Diagnostic.error(
                Code.SYNTAX,
                "Syntax error",
                "A policy is set at the top of a manifest, as a statement of its own, with braces and without return.");
    }

    /** What stands before the braces. */
    static Expression place(MethodCallExpression call) {
        Expression place = new ConstantExpression(WORD);
        place.setSourcePosition(call);
        place.setLastLineNumber(call.getMethod().getLastLineNumber());
        place.setLastColumnNumber(call.getMethod().getLastColumnNumber());
        return place;
    }

    private static String shown(String name) {
        return WORD + "." + name + " { … }";
    }
}
