package dev.converge.testing.runner;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/** The names that a feature of a spec knows: its parameters, what it declares, and the variables of its where-block. */
final class SpecVariables extends CodeVisitorSupport {
    private static final String WHERE = "where";
    private static final Set<Integer> COLUMNS = Set.of(Types.BITWISE_OR, Types.LOGICAL_OR);

    private final Set<String> names = new HashSet<>();

    private SpecVariables() {}

    static Set<String> of(MethodNode method) {
        SpecVariables variables = new SpecVariables();
        for (Parameter parameter : method.getParameters()) {
            variables.names.add(parameter.getName());
        }
        method.getCode().visit(variables);
        if (method.getCode() instanceof BlockStatement body) {
            variables.where(body.getStatements());
        }
        return variables.names;
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        assigned(declaration.getLeftExpression());
        super.visitDeclarationExpression(declaration);
    }

    private void where(List<Statement> statements) {
        boolean inside = false;
        for (Statement statement : statements) {
            List<String> labels = statement.getStatementLabels();
            inside |= labels != null && labels.contains(WHERE);
            if (inside
                    && statement instanceof ExpressionStatement one
                    && one.getExpression() instanceof BinaryExpression data) {
                data(data);
            }
        }
    }

    /** {@code port << [80, 81]}, {@code port = 80}, or a row of a table, whose first one has the names. */
    private void data(BinaryExpression data) {
        int operation = data.getOperation().getType();
        if (operation == Types.LEFT_SHIFT || operation == Types.ASSIGN) {
            assigned(data.getLeftExpression());
        } else if (COLUMNS.contains(operation)) {
            cell(data.getLeftExpression());
            cell(data.getRightExpression());
        }
    }

    private void cell(Expression cell) {
        if (cell instanceof BinaryExpression inner
                && COLUMNS.contains(inner.getOperation().getType())) {
            data(inner);
        } else if (cell instanceof VariableExpression variable) {
            names.add(variable.getName());
        }
    }

    private void assigned(Expression target) {
        if (target instanceof VariableExpression variable) {
            names.add(variable.getName());
        } else if (target instanceof TupleExpression several) {
            several.getExpressions().forEach(this::assigned);
        } else if (target instanceof ListExpression several) {
            several.getExpressions().forEach(this::assigned);
        }
    }
}
