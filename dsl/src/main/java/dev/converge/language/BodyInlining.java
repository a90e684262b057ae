package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.EmptyExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Token;
import org.codehaus.groovy.syntax.Types;

/**
 * Makes plain statements of the braces of a resource: {@code file('x') { mode '0644' }} becomes
 * {@code b = new FileBody(this, 'x'); b.mode('0644'); declare(b)}. A closure class for each resource would cost a
 * start most of its time. Braces that are not a statement of their own, or that return, stay closures.
 */
final class BodyInlining extends ClassCodeExpressionTransformer {
    /** On a statement: the expression whose place it has. */
    static final String PLACE = "converge.place";

    private final SourceUnit unit;
    private final TypeRegistry types;
    private final ClassLoader loader;
    private ClassNode owner;
    private int count;

    BodyInlining(SourceUnit unit, TypeRegistry types, ClassLoader loader) {
        this.unit = unit;
        this.types = types;
        this.loader = loader;
    }

    /** Variable scopes have to be worked out again afterwards. */
    void rewrite(ClassNode node) {
        owner = node;
        visitClass(node);
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        if (!node.isStatic() && !isConstructor) {
            super.visitConstructorOrMethod(node, isConstructor);
        }
    }

    /** Whether a variable is shared with a closure is worked out again, when the braces are no closures any more. */
    private static void forget(Variable variable) {
        if (variable instanceof VariableExpression local) {
            local.setClosureSharedVariable(false);
        } else if (variable instanceof Parameter parameter) {
            parameter.setClosureSharedVariable(false);
        }
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof ClosureExpression closure) {
            closure.getCode().visit(this);
            return closure;
        }
        return super.transform(expression);
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : new ArrayList<>(block.getStatements())) {
            MethodCallExpression call = declarationIn(statement);
            if (call == null) {
                statement.visit(this);
                statements.add(statement);
            } else {
                inline(statement, call, statements);
            }
        }
        block.getStatements().clear();
        block.getStatements().addAll(statements);
    }

    private MethodCallExpression declarationIn(Statement statement) {
        if (!(statement instanceof ExpressionStatement only)) {
            return null;
        }
        Expression expression = only.getExpression();
        if (expression instanceof BinaryExpression assignment
                && assignment.getOperation().getType() == Types.ASSIGN
                && assignment.getLeftExpression() instanceof VariableExpression) {
            expression = assignment.getRightExpression();
        }
        boolean fits = expression instanceof MethodCallExpression call
                && BracesChecks.last(call) instanceof ClosureExpression body
                && isInlined(call, body.getNodeMetaData(BracesTransform.BRACES))
                && (body.getParameters() == null || body.getParameters().length == 0)
                && body.getCode() instanceof BlockStatement
                && !returns(body);
        return fits ? (MethodCallExpression) expression : null;
    }

    private boolean isInlined(MethodCallExpression call, Braces braces) {
        return braces instanceof Braces.OfPolicy
                || (call.isImplicitThis()
                        && types.names().contains(String.valueOf(call.getMethodAsString()))
                        && DeclarationForm.of(call, types).isComplete());
    }

    private void inline(Statement statement, MethodCallExpression call, List<Statement> into) {
        ClosureExpression braces = (ClosureExpression) BracesChecks.last(call);
        Braces around = braces.getNodeMetaData(BracesTransform.BRACES);
        boolean policy = around instanceof Braces.OfPolicy;
        ClassNode type = bodyClass(call.getMethodAsString(), policy);
        VariableExpression body = new VariableExpression("converge$" + count++, type);
        List<Expression> arguments = new ArrayList<>(List.of(self(call)));
        if (!policy) {
            DeclarationForm.of(call, types).given().forEach(given -> arguments.add(transform(given)));
        }
        Expression made = new ConstructorCallExpression(type, new ArgumentListExpression(arguments));
        made.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        made.setSourcePosition(call.getMethod());
        Statement begin =
                new ExpressionStatement(new DeclarationExpression(body, Token.newSymbol(Types.ASSIGN, -1, -1), made));
        begin.putNodeMetaData(PLACE, policy ? PolicyCalls.place(call) : call);

        BlockStatement inner = (BlockStatement) braces.getCode();
        new BodyCalls(body, around).visitBlockStatement(inner);
        Statement end = end(statement, call, body);
        List<Statement> parts = List.of(begin, inner, end);
        boolean declaresVariable = ((ExpressionStatement) statement).getExpression() instanceof DeclarationExpression;
        if (declaresVariable) {
            into.addAll(parts);
        } else {
            into.add(new BlockStatement(new ArrayList<>(parts), new VariableScope()));
        }
    }

    /** Whether something between braces leaves more than them. */
    static boolean returns(ClosureExpression body) {
        return new Returns().in(body);
    }

    /** {@code declare(b)} in the place where the braces were: alone, or as the value of a variable. */
    private Statement end(Statement statement, MethodCallExpression call, VariableExpression body) {
        MethodCallExpression declare = new MethodCallExpression(
                self(call),
                "declare",
                new ArgumentListExpression(new VariableExpression(body.getName(), body.getType())));
        declare.setImplicitThis(false);
        declare.putNodeMetaData(ManifestTransform.OURS, Boolean.TRUE);
        declare.setSourcePosition(call);
        ExpressionStatement whole = (ExpressionStatement) statement;
        if (whole.getExpression() instanceof BinaryExpression assignment) {
            assignment.setRightExpression(declare);
        } else {
            whole.setExpression(declare);
        }
        whole.putNodeMetaData(PLACE, EmptyExpression.INSTANCE);
        return whole;
    }

    private static VariableExpression self(Expression place) {
        VariableExpression self = new VariableExpression("this");
        self.setSourcePosition(place);
        return self;
    }

    private ClassNode bodyClass(String word, boolean policy) {
        String name = policy ? types.policies().bodyClass(word) : types.bodyClass(word);
        try {
            return ClassHelper.make(Class.forName(name, false, loader));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }

    /** Gives what is called between the braces its receiver: the body, unless it is the class's own or a function. */
    private final class BodyCalls extends CodeVisitorSupport {
        private final VariableExpression body;
        private final Braces around;

        private BodyCalls(VariableExpression body, Braces around) {
            this.body = body;
            this.around = around;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            String name = call.getMethodAsString();
            if (call.isImplicitThis() && name != null && belongsToBody(name)) {
                VariableExpression receiver = new VariableExpression(body.getName(), body.getType());
                receiver.setSourcePosition(call.getMethod());
                call.setObjectExpression(receiver);
                call.setImplicitThis(false);
            }
            super.visitMethodCallExpression(call);
        }

        private boolean belongsToBody(String name) {
            return around.has(name, types)
                    || (!Words.FUNCTIONS.contains(name)
                            && owner.getDeclaredMethods(name).isEmpty());
        }

        @Override
        public void visitVariableExpression(VariableExpression variable) {
            forget(variable.getAccessedVariable());
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            closure.getCode().visit(this);
        }
    }

    /** Looks for a return that would leave more than the braces. */
    private static final class Returns extends CodeVisitorSupport {
        private boolean found;

        boolean in(ClosureExpression body) {
            body.getCode().visit(this);
            return found;
        }

        @Override
        public void visitReturnStatement(ReturnStatement statement) {
            found = true;
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            // Returns from that closure only.
        }
    }
}
