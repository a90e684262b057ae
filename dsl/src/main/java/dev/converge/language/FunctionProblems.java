package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.List;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/** Says what is wrong with arguments that a function of the language does not take. */
final class FunctionProblems {
    private FunctionProblems() {}

    static boolean isAbout(String name) {
        return name.equals("lookup") || name.equals("template") || name.equals("secret");
    }

    static Diagnostic of(MethodCallExpression call) {
        return switch (call.getMethodAsString()) {
            case "template" ->
                wrong("template takes the name of a file below templates/, and values by their names.")
                        .suggest("Write: template('NAME', port: 80)");
            case "secret" -> wrong("secret takes one text.").suggest("Write: secret('…')");
            default -> LookupTypes.misused(call);
        };
    }

    /** The argument that does not fit; with lookup it is what is missing that is wrong. */
    static Expression place(MethodCallExpression call) {
        List<Expression> given = ((TupleExpression) call.getArguments()).getExpressions();
        Expression last = given.isEmpty() ? call.getMethod() : given.get(given.size() - 1);
        return LookupTypes.isLookup(call) || last.getLineNumber() <= 0 ? call.getMethod() : last;
    }

    private static Diagnostic wrong(String detail) {
        return Diagnostic.error(Code.WRONG_TYPE, "Wrong type", detail);
    }
}
