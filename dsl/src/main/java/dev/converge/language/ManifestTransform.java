package dev.converge.language;

import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.StaticMethodCallExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.DoWhileStatement;
import org.codehaus.groovy.ast.stmt.EmptyStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.IfStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.WhileStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/**
 * Rewrites a class of the site before it is type checked: {@code pkg['nginx']} becomes a reference, every statement
 * says where it stands before it runs, and every loop, method and closure asks for the time limit.
 */
final class ManifestTransform extends ClassCodeExpressionTransformer {
    /** On a node that this class has made: the sandbox lets it pass. */
    static final String OURS = "converge.ours";

    private static final ClassNode TEXT_JOIN = ClassHelper.make(TextJoin.class);
    private static final ClassNode TIME_LIMIT = ClassHelper.make(TimeLimit.class);

    private final SourceUnit unit;
    private final int source;
    private final TypeRegistry types;
    private boolean declares;

    ManifestTransform(SourceUnit unit, int source, TypeRegistry types) {
        this.unit = unit;
        this.source = source;
        this.types = types;
    }

    /** @param declaring whether the class is a manifest or a composite, so that its code has a position to keep */
    void transform(ClassNode node, boolean declaring) {
        declares = declaring;
        visitClass(node);
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        boolean before = declares;
        declares = before && !node.isStatic() && !isConstructor;
        super.visitConstructorOrMethod(node, isConstructor);
        declares = before;
        if (node.getCode() instanceof BlockStatement block && !isConstructor && !node.isAbstract()) {
            block.getStatements().add(0, timeCheck());
        }
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof ClosureExpression closure) {
            return transformClosure(closure);
        }
        if (declares && expression instanceof BinaryExpression binary && isReference(binary)) {
            String type = ((VariableExpression) binary.getLeftExpression()).getName();
            MethodCallExpression call = new MethodCallExpression(
                    new VariableExpression("this"),
                    "reference",
                    new ArgumentListExpression(new ConstantExpression(type), transform(binary.getRightExpression())));
            call.setImplicitThis(false);
            return ours(call, binary);
        }
        if (expression instanceof GStringExpression text
                && text.getValues().stream().noneMatch(ClosureExpression.class::isInstance)) {
            return transformText(text);
        }
        if (expression instanceof MethodCallExpression call && LookupTypes.isLookup(call)) {
            LookupTypes.giveNullItsType(call);
        }
        return super.transform(expression);
    }

    /** Interpolated text is joined at once: a manifest has no use for Groovy's lazy text. */
    private Expression transformText(GStringExpression text) {
        List<Expression> parts = new ArrayList<>();
        for (int i = 0; i < text.getStrings().size(); i++) {
            if (!String.valueOf(text.getStrings().get(i).getValue()).isEmpty()) {
                parts.add(text.getStrings().get(i));
            }
            if (i < text.getValues().size()) {
                parts.add(transform(text.getValue(i)));
            }
        }
        return ours(new StaticMethodCallExpression(TEXT_JOIN, "join", new ArgumentListExpression(parts)), text);
    }

    private boolean isReference(BinaryExpression binary) {
        return binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                && binary.getLeftExpression() instanceof VariableExpression variable
                && variable.getAccessedVariable() instanceof DynamicVariable
                && types.names().contains(variable.getName());
    }

    private Expression transformClosure(ClosureExpression closure) {
        closure.getCode().visit(this);
        if (closure.getCode() instanceof BlockStatement block) {
            block.getStatements().add(0, timeCheck());
        }
        return closure.getNodeMetaData(BracesTransform.BRACES) == null ? closure : withoutIt(closure);
    }

    /** Between the braces of a resource {@code it} is that of the loop around it. */
    private static Expression withoutIt(ClosureExpression closure) {
        ClosureExpression plain = new ClosureExpression(Parameter.EMPTY_ARRAY, closure.getCode());
        plain.setVariableScope(closure.getVariableScope());
        plain.setSourcePosition(closure);
        plain.copyNodeMetaData(closure);
        return plain;
    }

    @Override
    public void visitBlockStatement(BlockStatement block) {
        List<Statement> placed = new ArrayList<>();
        for (Statement statement : new ArrayList<>(block.getStatements())) {
            statement.visit(this);
            if (declares) {
                Places.of(statement, source).ifPresent(placed::add);
            }
            placed.add(statement);
        }
        block.getStatements().clear();
        block.getStatements().addAll(placed);
    }

    @Override
    public void visitIfElse(IfStatement statement) {
        statement.setIfBlock(asBlock(statement.getIfBlock()));
        if (!(statement.getElseBlock() instanceof IfStatement)) {
            statement.setElseBlock(asBlock(statement.getElseBlock()));
        }
        super.visitIfElse(statement);
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        loop.setLoopBlock(asBlock(loop.getLoopBlock()));
        super.visitForLoop(loop);
        ((BlockStatement) loop.getLoopBlock()).getStatements().add(0, timeCheck());
    }

    @Override
    public void visitWhileLoop(WhileStatement loop) {
        loop.setLoopBlock(asBlock(loop.getLoopBlock()));
        super.visitWhileLoop(loop);
        ((BlockStatement) loop.getLoopBlock()).getStatements().add(0, timeCheck());
    }

    @Override
    public void visitDoWhileLoop(DoWhileStatement loop) {
        loop.setLoopBlock(asBlock(loop.getLoopBlock()));
        super.visitDoWhileLoop(loop);
        ((BlockStatement) loop.getLoopBlock()).getStatements().add(0, timeCheck());
    }

    private static Statement asBlock(Statement statement) {
        if (statement instanceof BlockStatement) {
            return statement;
        }
        if (statement instanceof EmptyStatement) {
            return new BlockStatement();
        }
        BlockStatement block = new BlockStatement();
        block.addStatement(statement);
        block.setSourcePosition(statement);
        return block;
    }

    private static Statement timeCheck() {
        Expression check = new StaticMethodCallExpression(TIME_LIMIT, "check", ArgumentListExpression.EMPTY_ARGUMENTS);
        check.putNodeMetaData(OURS, Boolean.TRUE);
        return new ExpressionStatement(check);
    }

    private static Expression ours(Expression made, Expression instead) {
        made.setSourcePosition(instead);
        made.putNodeMetaData(OURS, Boolean.TRUE);
        return made;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
