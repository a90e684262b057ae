package dev.converge.language;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ArrayExpression;
import org.codehaus.groovy.ast.expr.CastExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BreakStatement;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ContinueStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.ast.stmt.SynchronizedStatement;
import org.codehaus.groovy.ast.stmt.TryCatchStatement;
import org.codehaus.groovy.control.SourceUnit;

/**
 * The sandbox's first half: the types that a manifest names. Groovy turns a list into a constructor call, a closure
 * into an interface and text into a class wherever a type is declared, so every declared type has to be a fine one.
 */
final class SandboxedTypes extends ClassCodeVisitorSupport {
    private static final ClassNode DECLARING = ClassHelper.make(Declaring.class);
    private static final ClassNode MANIFEST = ClassHelper.make(ManifestScript.class);
    private static final ClassNode COMPOSITE = ClassHelper.make(Composite.class);
    private static final ClassNode TEMPLATE = ClassHelper.make(TemplateScript.class);

    private final SourceUnit unit;
    private final BiConsumer<ASTNode, String> refuse;

    SandboxedTypes(SourceUnit unit, BiConsumer<ASTNode, String> refuse) {
        this.unit = unit;
        this.refuse = refuse;
    }

    private void check(ASTNode node, ClassNode type, String what) {
        if (!Sandbox.isFine(type)) {
            refuse.accept(node, what + " " + type.getNameWithoutPackage());
        }
    }

    @Override
    public void visitClass(ClassNode node) {
        ClassNode parent = node.getUnresolvedSuperClass(false);
        if (parent != null && !Sandbox.isFine(parent) && !isScriptBase(node, parent) && !node.isEnum()) {
            refuse.accept(node, "extending " + parent.getName());
        }
        for (ClassNode type : node.getInterfaces()) {
            if (!Sandbox.isFine(type)
                    && node.getLineNumber() > 0
                    && !type.implementsInterface(DECLARING)
                    && !type.getName().startsWith("groovy.lang.GroovyObject")) {
                refuse.accept(node, "implementing " + type.getName());
            }
        }
        super.visitClass(node);
    }

    private static boolean isScriptBase(ClassNode node, ClassNode parent) {
        return node.isScript() && (parent.equals(MANIFEST) || parent.equals(TEMPLATE));
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        if (node.getLineNumber() > 0) {
            check(node, node.getReturnType(), "returning a");
            checkParameters(node.getParameters());
            if (node.getName().equals("finalize") && node.getParameters().length == 0) {
                refuse.accept(node, "what runs when the collector pleases, finalize,");
            }
        }
        super.visitConstructorOrMethod(node, isConstructor);
    }

    private void checkParameters(Parameter[] parameters) {
        for (Parameter parameter : parameters) {
            if (!parameter.isDynamicTyped()) {
                check(parameter, parameter.getOriginType(), "a parameter of type");
            }
            if (parameter.hasInitialExpression()) {
                parameter.getInitialExpression().visit(this);
            }
        }
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            checkParameters(closure.getParameters());
        }
        super.visitClosureExpression(closure);
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression declaration) {
        if (declaration.getRightExpression().getNodeMetaData(ManifestTransform.OURS) instanceof Boolean
                && declaration.getLineNumber() <= 0) {
            super.visitDeclarationExpression(declaration);
            return;
        }
        if (declaration.getLeftExpression() instanceof TupleExpression several) {
            several.getExpressions().forEach(this::checkVariable);
        } else {
            checkVariable(declaration.getLeftExpression());
        }
        super.visitDeclarationExpression(declaration);
    }

    private void checkVariable(Expression declared) {
        if (declared instanceof VariableExpression variable && !variable.isDynamicTyped()) {
            check(variable, variable.getOriginType(), "a variable of type");
        }
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        Parameter variable = loop.getVariable();
        if (variable != null && variable.getLineNumber() > 0 && !variable.isDynamicTyped()) {
            check(variable, variable.getOriginType(), "a variable of type");
        }
        super.visitForLoop(loop);
    }

    @Override
    public void visitCatchStatement(CatchStatement statement) {
        check(statement, statement.getExceptionType(), "catching");
        super.visitCatchStatement(statement);
    }

    /** What leaves a finally block drops the error that was on its way, the time limit's too. */
    @Override
    public void visitTryCatchFinally(TryCatchStatement statement) {
        new Leaving()
                .in(statement.getFinallyStatement())
                .ifPresent(leap -> refuse.accept(leap, "leaving a finally block"));
        super.visitTryCatchFinally(statement);
    }

    @Override
    public void visitSynchronizedStatement(SynchronizedStatement statement) {
        refuse.accept(statement, "synchronized");
        super.visitSynchronizedStatement(statement);
    }

    @Override
    public void visitConstructorCallExpression(ConstructorCallExpression call) {
        ClassNode type = call.getType();
        if (!call.isSpecialCall() && call.getNodeMetaData(ManifestTransform.OURS) == null) {
            if (!AllowList.mayMake(type.getName()) && !Sandbox.isSite(type)) {
                refuse.accept(call, "making a " + type.getNameWithoutPackage());
            } else if (type.isDerivedFrom(COMPOSITE)) {
                refuse.accept(
                        call, "making a composite with new (write include(" + type.getNameWithoutPackage() + "))");
            }
        }
        super.visitConstructorCallExpression(call);
    }

    @Override
    public void visitCastExpression(CastExpression cast) {
        check(cast, cast.getType(), "a cast to");
        super.visitCastExpression(cast);
    }

    @Override
    public void visitClassExpression(ClassExpression expression) {
        check(expression, expression.getType(), "the class");
        super.visitClassExpression(expression);
    }

    @Override
    public void visitArrayExpression(ArrayExpression expression) {
        check(expression, expression.getElementType(), "an array of");
        super.visitArrayExpression(expression);
    }

    @Override
    public void visitProperty(PropertyNode node) {
        if (node.getLineNumber() > 0) {
            check(node, node.getType(), "a property of type");
        }
        super.visitProperty(node);
    }

    @Override
    public void visitField(FieldNode node) {
        if (node.getLineNumber() > 0) {
            check(node, node.getType(), "a field of type");
        }
        super.visitField(node);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }

    /** Looks for a jump out of a block. */
    private static final class Leaving extends CodeVisitorSupport {
        private Statement found;

        Optional<Statement> in(Statement block) {
            block.visit(this);
            return Optional.ofNullable(found);
        }

        @Override
        public void visitContinueStatement(ContinueStatement statement) {
            found = statement;
        }

        @Override
        public void visitBreakStatement(BreakStatement statement) {
            found = statement;
        }

        @Override
        public void visitReturnStatement(ReturnStatement statement) {
            found = statement;
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            // What a closure returns leaves the closure only.
        }
    }
}
