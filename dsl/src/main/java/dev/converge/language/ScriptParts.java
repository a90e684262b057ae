package dev.converge.language;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * Keeps a long manifest within the 64 KiB that the Java virtual machine allows a method: runs of statements that share
 * no variable with the rest of the script move to methods of their own.
 */
final class ScriptParts {
    private static final int PART = 200;

    private final ClassNode script;
    private final List<Statement> kept = new ArrayList<>();
    private final List<Statement> moving = new ArrayList<>();
    private int parts;

    private ScriptParts(ClassNode script) {
        this.script = script;
    }

    /** Variable scopes have to be worked out again afterwards. */
    static void split(ClassNode script) {
        MethodNode run = script.getMethod("run", Parameter.EMPTY_ARRAY);
        if (run == null
                || !(run.getCode() instanceof BlockStatement whole)
                || whole.getStatements().size() < 2 * PART) {
            return;
        }
        ScriptParts split = new ScriptParts(script);
        new VariableReach(whole.getStatements()).groups().forEach(split::add);
        split.flush();
        run.setCode(new BlockStatement(split.kept, new VariableScope()));
    }

    /** @param group statements whose variables nothing else uses */
    private void add(List<Statement> group) {
        if (group.size() > PART || VariableReach.leaves(group)) {
            group.forEach(this::addAlone);
            return;
        }
        if (moving.size() + group.size() > PART) {
            flush();
        }
        moving.addAll(group);
    }

    private void addAlone(Statement statement) {
        boolean movable = isMovable(statement);
        if (!movable || moving.size() >= PART) {
            flush();
        }
        (movable ? moving : kept).add(statement);
    }

    private void flush() {
        if (!moving.isEmpty()) {
            kept.add(part(script, parts++, new ArrayList<>(moving)));
            moving.clear();
        }
    }

    private static Statement part(ClassNode script, int number, List<Statement> statements) {
        String name = "part" + number;
        script.addMethod(new MethodNode(
                name,
                Modifier.PRIVATE,
                ClassHelper.VOID_TYPE,
                Parameter.EMPTY_ARRAY,
                ClassNode.EMPTY_ARRAY,
                new BlockStatement(statements, new VariableScope())));
        MethodCallExpression call =
                new MethodCallExpression(new VariableExpression("this"), name, ArgumentListExpression.EMPTY_ARGUMENTS);
        call.setImplicitThis(false);
        call.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        return new ExpressionStatement(call);
    }

    private static boolean isMovable(Statement statement) {
        boolean declares =
                statement instanceof ExpressionStatement only && only.getExpression() instanceof DeclarationExpression;
        if (declares || !(statement instanceof ExpressionStatement || statement instanceof BlockStatement)) {
            return false;
        }
        Locals locals = new Locals();
        statement.visit(locals);
        return !locals.used;
    }

    /** Looks for variables of the script around a statement; those that it declares itself do not count. */
    private static final class Locals extends CodeVisitorSupport {
        private final Set<Variable> own = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean used;

        @Override
        public void visitDeclarationExpression(DeclarationExpression declaration) {
            if (declaration.getLeftExpression() instanceof VariableExpression variable) {
                own.add(variable);
            } else {
                used = true;
            }
            super.visitDeclarationExpression(declaration);
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            used |= closure.getVariableScope()
                    .getReferencedLocalVariablesIterator()
                    .hasNext();
        }

        @Override
        public void visitVariableExpression(VariableExpression variable) {
            Variable accessed = variable.getAccessedVariable();
            boolean elsewhere = accessed != null
                    && accessed != variable
                    && !(accessed instanceof DynamicVariable)
                    && !(accessed instanceof FieldNode)
                    && !(accessed instanceof PropertyNode);
            used |= elsewhere && !own.contains(accessed);
        }
    }
}
