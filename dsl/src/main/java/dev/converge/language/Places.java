package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/** Where a statement stands, as a statement of its own that tells the run so. */
final class Places {
    private Places() {}

    /** A call of {@code at} with the place of the statement's first word; empty when it calls nothing. */
    static Optional<Statement> of(Statement statement, int source) {
        Expression known = statement.getNodeMetaData(BodyInlining.PLACE);
        Expression place = known != null ? known : new FirstCall().in(statement);
        return place == null || place.getLineNumber() <= 0 ? Optional.empty() : Optional.of(at(place, source));
    }

    private static Statement at(Expression place, int source) {
        MethodCallExpression call = new MethodCallExpression(
                new VariableExpression("this"),
                "at",
                new ArgumentListExpression(List.of(
                        number(source),
                        number(place.getLineNumber()),
                        number(place.getColumnNumber()),
                        number(endColumn(place)))));
        call.setImplicitThis(false);
        call.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        call.setSourcePosition(place);
        call.getObjectExpression().setSourcePosition(place);
        call.getMethod().setSourcePosition(place);
        return new ExpressionStatement(call);
    }

    /** Where a call stands, as the run will know it. */
    static SourceRange range(String file, Expression place) {
        int line = place.getLineNumber();
        return new SourceRange(file, line, place.getColumnNumber(), line, endColumn(place));
    }

    /** The end of a declaration is that of its name: what stands between its braces has places of its own. */
    private static int endColumn(Expression place) {
        Expression last = place;
        if (place instanceof MethodCallExpression call
                && call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpressions().size() > 1
                && arguments.getExpression(arguments.getExpressions().size() - 1) instanceof ClosureExpression) {
            last = arguments.getExpression(arguments.getExpressions().size() - 2);
        }
        boolean oneLine = last.getLastLineNumber() == place.getLineNumber();
        return oneLine ? last.getLastColumnNumber() : place.getColumnNumber();
    }

    private static Expression number(int value) {
        return new ConstantExpression(value, true);
    }

    /** Finds the expression whose place stands for a statement: the first call of a word of the language. */
    private static final class FirstCall extends CodeVisitorSupport {
        private Expression first;
        private Expression any;

        Expression in(Statement statement) {
            if (statement instanceof ExpressionStatement || statement instanceof ReturnStatement) {
                statement.visit(this);
            }
            return first != null ? first : any;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            if (first == null && call.isImplicitThis()) {
                first = call;
                return;
            }
            if (any == null) {
                any = call;
            }
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitBinaryExpression(BinaryExpression expression) {
            int operation = expression.getOperation().getType();
            if (any == null && (operation == Types.RIGHT_SHIFT || operation == Types.RIGHT_SHIFT_UNSIGNED)) {
                any = expression;
            }
            super.visitBinaryExpression(expression);
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            // What is in a closure has places of its own.
        }
    }
}
