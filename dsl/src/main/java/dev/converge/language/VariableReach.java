package dev.converge.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** How far the variables of a script reach, by name: where it can be cut without cutting one of them off. */
final class VariableReach {
    private final List<Statement> statements;

    VariableReach(List<Statement> statements) {
        this.statements = statements;
    }

    /** The shortest runs of statements that declare all variables that they use, and whose variables nothing else uses. */
    List<List<Statement>> groups() {
        Map<String, Integer> lastUse = new HashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            for (String name : namesIn(statements.get(i))) {
                lastUse.put(name, i);
            }
        }
        List<List<Statement>> groups = new ArrayList<>();
        List<Statement> group = new ArrayList<>();
        int reach = 0;
        for (int i = 0; i < statements.size(); i++) {
            group.add(statements.get(i));
            for (String name : declaredBy(statements.get(i))) {
                reach = Math.max(reach, lastUse.get(name));
            }
            if (i >= reach) {
                groups.add(group);
                group = new ArrayList<>();
            }
        }
        return groups;
    }

    private static Set<String> namesIn(Statement statement) {
        Set<String> names = new HashSet<>();
        statement.visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                names.add(variable.getName());
            }
        });
        return names;
    }

    private static Set<String> declaredBy(Statement statement) {
        boolean declares =
                statement instanceof ExpressionStatement only && only.getExpression() instanceof DeclarationExpression;
        if (!declares) {
            return Set.of();
        }
        Set<String> names = new HashSet<>();
        DeclarationExpression declaration = (DeclarationExpression) ((ExpressionStatement) statement).getExpression();
        declaration.getLeftExpression().visit(new CodeVisitorSupport() {
            @Override
            public void visitVariableExpression(VariableExpression variable) {
                names.add(variable.getName());
            }
        });
        return names;
    }

    /** Whether one of the statements returns from the script. */
    static boolean leaves(List<Statement> group) {
        Leaving leaving = new Leaving();
        group.forEach(statement -> statement.visit(leaving));
        return leaving.found;
    }

    private static final class Leaving extends CodeVisitorSupport {
        private boolean found;

        @Override
        public void visitReturnStatement(ReturnStatement statement) {
            found = true;
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            // What a closure returns leaves the closure only.
        }
    }
}
