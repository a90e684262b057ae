package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;

/** Hears what the type checker finds, has it said in the language's own words, and hands checked classes to the sandbox. */
public final class ManifestTypeChecking extends AbstractTypeCheckingExtension {
    /** On an expression that has been reported: what follows from it is not reported as well. */
    static final String REPORTED = "converge.reported";

    private final SiteConfiguration configuration;
    private final SourceFile source;
    private final BracesProblems inBraces;
    private final NameProblems names;
    private final LiteralChecks literals;

    /** Called by Groovy, which finds this class by its name. */
    public ManifestTypeChecking(StaticTypeCheckingVisitor visitor) {
        super(visitor);
        configuration = (SiteConfiguration) context.getSource().getConfiguration();
        source = configuration.source(context.getSource().getName());
        inBraces = new BracesProblems(configuration.types());
        names = new NameProblems(configuration.types());
        literals = new LiteralChecks(configuration, source);
    }

    private void report(ASTNode node, Diagnostic diagnostic) {
        context.getErrorCollector()
                .addErrorAndContinue(GroovyErrors.error(configuration.errorFor(diagnostic), node, context.getSource()));
    }

    @Override
    public void afterVisitClass(ClassNode node) {
        Sandbox.check(node, context.getSource(), this::report);
    }

    @Override
    public void afterMethodCall(MethodCall call) {
        if (call instanceof MethodCallExpression written) {
            literals.check(written);
            if (LookupTypes.isLookup(written)) {
                checkLookup(written);
            }
        }
    }

    private void checkLookup(MethodCallExpression call) {
        if (call.getNodeMetaData(REPORTED) == null) {
            List<Expression> given = ((TupleExpression) call.getArguments()).getExpressions();
            LookupTypes.problem(call)
                    .or(() -> LookupTypes.otherwise(call, getType(given.get(given.size() - 1)), source))
                    .ifPresent(problem -> report(call, problem));
            LookupTypes.of(call).ifPresent(type -> storeType(call, type));
        }
    }

    @Override
    public List<MethodNode> handleMissingMethod(
            ClassNode receiver,
            String name,
            ArgumentListExpression arguments,
            ClassNode[] argumentTypes,
            MethodCall call) {
        boolean operator = call instanceof ASTNode node && node.getLineNumber() <= 0;
        if (operator || !(call instanceof MethodCallExpression written)) {
            return List.of();
        }
        if (written.isImplicitThis() && FunctionProblems.isAbout(name)) {
            if (!new Reported().isIn(arguments)) {
                report(FunctionProblems.place(written), FunctionProblems.of(written));
            }
            return reported(written, name);
        }
        Braces braces = written.getNodeMetaData(BracesTransform.BRACES);
        if (braces == null && !written.isImplicitThis()) {
            if (!new Reported().isIn(written.getObjectExpression()) && !new Reported().isIn(arguments)) {
                report(written.getMethod(), NameProblems.method(name, receiver, argumentTypes));
            }
            return reported(written, name);
        }
        boolean judged = braces instanceof Braces.Misplaced || isTaken(braces, name);
        if (!judged && !new Reported().isIn(arguments)) {
            if (braces == null) {
                boolean type = configuration.types().names().contains(name);
                if (Words.isOfLanguage(name) || (arguments.getExpressions().isEmpty() && !type)) {
                    return List.of();
                }
                report(
                        written.getMethod(),
                        isText(written.getMethod())
                                ? NameProblems.nameBeforeBraces(name)
                                : atTop(name, receiver, argumentTypes));
            } else {
                reportInBraces(braces, written, arguments.getExpressions());
            }
        }
        return reported(written, name);
    }

    private Diagnostic atTop(String name, ClassNode receiver, ClassNode[] argumentTypes) {
        List<String> methods = methodsOf(receiver);
        return methods.contains(name)
                ? NameProblems.method(name, receiver, argumentTypes)
                : names.declaration(name, methods, configuration.classNames());
    }

    /** Lets the type checker go on as if there were such a method. */
    private List<MethodNode> reported(MethodCallExpression call, String name) {
        call.putNodeMetaData(REPORTED, Boolean.TRUE);
        return List.of(newMethod(name, Object.class));
    }

    /** A parameter that has been refused where its property stands. */
    private boolean isTaken(Braces braces, String word) {
        return braces instanceof Braces.OfComposite include
                && include.parameters().contains(word)
                && Words.isTaken(word, configuration.types());
    }

    private void reportInBraces(Braces braces, MethodCallExpression call, List<Expression> given) {
        String word = call.getMethodAsString();
        Optional<String> kind = given.size() == 1 && !Words.isSecret(word)
                ? Optional.of(Literals.kind(given.get(0), getType(given.get(0)), source))
                : Optional.empty();
        boolean value = given.size() == 1 && given.get(0).getLineNumber() > 0 && isParameter(braces, word);
        report(value ? given.get(0) : call.getMethod(), inBraces.of(braces, word, given, kind));
    }

    private boolean isParameter(Braces braces, String word) {
        return braces.has(word, configuration.types());
    }

    private boolean isText(Expression method) {
        return method instanceof ConstantExpression constant
                && Literals.written(constant, source).matches("['\"].*");
    }

    private static List<String> methodsOf(ClassNode type) {
        return type.redirect().getMethods().stream()
                .filter(method -> method.getLineNumber() > 0)
                .map(MethodNode::getName)
                .toList();
    }

    @Override
    public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
        Optional<Braces> braces = Optional.ofNullable(variable.getNodeMetaData(BracesTransform.BRACES));
        BinaryExpression around = context.getEnclosingBinaryExpression();
        boolean assigned = around != null
                && around.getOperation().getType() == Types.ASSIGN
                && around.getLeftExpression() == variable;
        String name = variable.getName();
        report(
                variable,
                assigned
                        ? NameProblems.assignment(name, braces.isPresent(), around.getRightExpression())
                        : names.name(name, braces, variables(), configuration.classNames()));
        variable.putNodeMetaData(REPORTED, Boolean.TRUE);
        storeType(variable, ClassHelper.OBJECT_TYPE);
        return true;
    }

    private List<String> variables() {
        List<String> names = new ArrayList<>();
        MethodNode method = context.getEnclosingMethod();
        VariableScope scope = method == null ? null : method.getVariableScope();
        if (scope != null) {
            scope.getDeclaredVariables().values().stream()
                    .map(Variable::getName)
                    .forEach(names::add);
        }
        return names;
    }

    @Override
    public boolean handleUnresolvedProperty(PropertyExpression property) {
        ClassNode receiver = getType(property.getObjectExpression());
        String name = property.getPropertyAsString();
        if (!(property.getProperty() instanceof ConstantExpression) || receiver == null) {
            return false;
        }
        if (!new Reported().isIn(property.getObjectExpression())) {
            boolean facts = receiver.getName().startsWith("dev.converge.facts.Facts");
            report(
                    property.getProperty(),
                    facts ? NameProblems.fact(name, properties(receiver)) : NameProblems.property(name, receiver));
        }
        property.putNodeMetaData(REPORTED, Boolean.TRUE);
        storeType(property, ClassHelper.OBJECT_TYPE);
        return true;
    }

    private static List<String> properties(ClassNode type) {
        List<String> names = new ArrayList<>();
        for (MethodNode method : type.getMethods()) {
            if (method.isPublic() && method.getName().startsWith("get") && method.getParameters().length == 0) {
                String getter = method.getName().substring(3);
                names.add(Character.toLowerCase(getter.charAt(0)) + getter.substring(1));
            }
        }
        return names;
    }

    /** Looks for an expression that has been reported. */
    private static final class Reported extends CodeVisitorSupport {
        private boolean found;

        boolean isIn(Expression expression) {
            expression.visit(this);
            return found;
        }

        @Override
        public void visitVariableExpression(VariableExpression expression) {
            found |= expression.getNodeMetaData(REPORTED) != null;
        }

        @Override
        public void visitPropertyExpression(PropertyExpression expression) {
            found |= expression.getNodeMetaData(REPORTED) != null;
            super.visitPropertyExpression(expression);
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            found |= call.getNodeMetaData(REPORTED) != null;
            super.visitMethodCallExpression(call);
        }

        @Override
        public void visitClosureExpression(ClosureExpression closure) {
            // Has been reported where it stands; the call around it is judged by its other arguments.
        }
    }
}
