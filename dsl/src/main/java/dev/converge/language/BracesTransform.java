package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.DynamicVariable;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClassExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.syntax.Types;

/** Tells the names and calls of a manifest between which braces they stand, before anything moves them. */
final class BracesTransform extends ClassCodeExpressionTransformer {
    /** On a name or call that stands between braces, and on the closure that the braces are: the {@link Braces}. */
    static final String BRACES = "converge.braces";

    private final SourceUnit unit;
    private final TypeRegistry types;
    private final BracesChecks checks;
    private final Deque<Braces> around = new ArrayDeque<>();

    /** Variables that are made as closures, to be called. */
    private final Set<Variable> functions = Collections.newSetFromMap(new IdentityHashMap<>());

    private ClassNode owner;

    /** How many methods and closures are around what is visited whose last statement may be their value. */
    private int functionsAround;

    BracesTransform(SourceUnit unit, SiteConfiguration configuration) {
        this.unit = unit;
        this.types = configuration.types();
        this.checks = new BracesChecks(configuration, configuration.source(unit.getName()));
    }

    void transform(ClassNode node) {
        owner = node;
        visitClass(node);
    }

    @Override
    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        if (!node.isStatic() && !isConstructor) {
            boolean gives = !node.isScriptBody() && !node.isVoidMethod();
            functionsAround += gives ? 1 : 0;
            super.visitConstructorOrMethod(node, isConstructor);
            functionsAround -= gives ? 1 : 0;
        }
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof ClosureExpression closure) {
            boolean gives = closure.getNodeMetaData(BRACES) == null;
            functionsAround += gives ? 1 : 0;
            closure.getCode().visit(this);
            functionsAround -= gives ? 1 : 0;
            return closure;
        }
        if (expression instanceof DeclarationExpression declaration
                && declaration.getRightExpression() instanceof ClosureExpression) {
            functions.add(declaration.getVariableExpression());
        }
        if (expression instanceof MethodCallExpression call
                && BracesChecks.last(call) instanceof ClosureExpression
                && isWordHiddenByVariable(call, types.names()::contains)) {
            return transformCall(asWord(call));
        }
        if (expression instanceof MethodCallExpression call && call.isImplicitThis()) {
            return transformCall(call);
        }
        if (expression instanceof MethodCallExpression call && PolicyCalls.isPolicy(call)) {
            checks.note(call, PolicyCalls.misplaced());
            return ConstantExpression.NULL;
        }
        if (around.isEmpty()) {
            return super.transform(expression);
        }
        return expression instanceof VariableExpression variable
                ? transformVariable(variable)
                : super.transform(expression);
    }

    @Override
    public void visitExpressionStatement(ExpressionStatement statement) {
        if (functionsAround == 0 && isReference(statement.getExpression())) {
            checks.uselessReference((BinaryExpression) statement.getExpression());
        }
        boolean list =
                !around.isEmpty() && statement.getExpression() instanceof BinaryExpression binary && isList(binary);
        if (statement.getExpression() instanceof MethodCallExpression call && PolicyCalls.isPolicy(call)) {
            statement.setExpression(transformPolicy(call));
        } else if (list) {
            statement.setExpression(transformCall(asCall((BinaryExpression) statement.getExpression())));
        } else if (statement.getExpression() instanceof MethodCallExpression call
                && isWordHiddenByVariable(call, this::isWord)) {
            statement.setExpression(transformCall(asWord(call)));
        } else {
            super.visitExpressionStatement(statement);
        }
    }

    private boolean isWord(String name) {
        return around.isEmpty() ? types.names().contains(name) : around.peek().has(name, types);
    }

    /** {@code mode mode}, {@code user(user) { … }}: Groovy calls the variable, everybody else sees an attribute, a type. */
    private boolean isWordHiddenByVariable(MethodCallExpression call, Predicate<String> isWord) {
        return "call".equals(call.getMethodAsString())
                && !call.isImplicitThis()
                && call.getObjectExpression() instanceof VariableExpression variable
                && variable.getColumnNumber() == call.getMethod().getColumnNumber()
                && variable.getLineNumber() == call.getMethod().getLineNumber()
                && isWord.test(variable.getName())
                && !(around.isEmpty() && isFunction(variable.getAccessedVariable()));
    }

    private boolean isFunction(Variable variable) {
        return functions.contains(variable) || variable.getOriginType().equals(ClassHelper.CLOSURE_TYPE);
    }

    private static MethodCallExpression asWord(MethodCallExpression call) {
        Expression variable = call.getObjectExpression();
        ConstantExpression word = new ConstantExpression(((VariableExpression) variable).getName());
        word.setSourcePosition(variable);
        MethodCallExpression meant =
                new MethodCallExpression(new VariableExpression("this"), word, call.getArguments());
        meant.setSourcePosition(call);
        return meant;
    }

    /** {@code policy.images { … }}; one that cannot be is noted, and left out. */
    private Expression transformPolicy(MethodCallExpression call) {
        Optional<Diagnostic> wrong = PolicyCalls.problem(call, types.policies(), around.isEmpty() && owner.isScript());
        if (wrong.isPresent()) {
            checks.note(call, wrong.get());
            return ConstantExpression.NULL;
        }
        Braces opened = new Braces.OfPolicy(call.getMethodAsString());
        BracesChecks.last(call).putNodeMetaData(BRACES, opened);
        around.push(opened);
        call.setArguments(transform(call.getArguments()));
        around.pop();
        return call;
    }

    /** Between braces a name is an attribute; those of the class around them are said with this. */
    private Expression transformVariable(VariableExpression variable) {
        variable.putNodeMetaData(BRACES, around.peek());
        if (!isOfClass(variable)) {
            return variable;
        }
        Expression property = new PropertyExpression(new VariableExpression("this"), variable.getName());
        property.setSourcePosition(variable);
        return property;
    }

    private boolean isOfClass(VariableExpression variable) {
        Variable accessed = variable.getAccessedVariable();
        return accessed instanceof FieldNode
                || accessed instanceof PropertyNode
                || (accessed instanceof DynamicVariable
                        && variable.getName().equals("name")
                        && CompositeParameters.isComposite(owner));
    }

    /** What is called between braces belongs to what they stand behind. */
    private Expression transformCall(MethodCallExpression call) {
        String name = String.valueOf(call.getMethodAsString());
        if (!around.isEmpty()) {
            call.putNodeMetaData(BRACES, around.peek());
            if (isMethod(name) && !around.peek().has(name, types)) {
                call.setObjectExpression(new VariableExpression("this"));
                call.setImplicitThis(false);
            }
        }
        Optional<Braces> braces = bracesOf(call, name);
        if (around.isEmpty()) {
            checks.check(call, name);
        }
        braces.ifPresent(around::push);
        Expression arguments = transform(call.getArguments());
        braces.ifPresent(opened -> around.pop());
        call.setArguments(arguments);
        return call;
    }

    private Optional<Braces> bracesOf(MethodCallExpression call, String name) {
        if (!(BracesChecks.last(call) instanceof ClosureExpression closure)) {
            return Optional.empty();
        }
        Optional<Braces> braces = bracesOf(name, call);
        braces.filter(opened -> !(opened instanceof Braces.Misplaced))
                .ifPresent(opened -> closure.putNodeMetaData(BRACES, opened));
        return braces;
    }

    private Optional<Braces> bracesOf(String name, MethodCallExpression call) {
        if (types.names().contains(name)) {
            boolean named = around.isEmpty() && DeclarationForm.of(call, types).isComplete();
            return Optional.of(named ? new Braces.OfResource(name) : new Braces.Misplaced());
        }
        if (name.equals("include")
                && call.getArguments() instanceof TupleExpression arguments
                && arguments.getExpression(0) instanceof ClassExpression type) {
            return Optional.of(new Braces.OfComposite(type.getType()));
        }
        boolean known = Words.STATEMENTS.contains(name) || isMethod(name) || !around.isEmpty();
        return known ? Optional.empty() : Optional.of(new Braces.Misplaced());
    }

    private boolean isMethod(String name) {
        return owner.getMethods(name).stream().anyMatch(method -> Sandbox.isSite(method.getDeclaringClass()));
    }

    /**
     * {@code tags ['a', 'b']} as a statement between braces: Groovy reads an index where everybody else reads a list. In
     * {@code requires group['ops']} an index is meant.
     */
    private boolean isList(BinaryExpression binary) {
        return binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                && binary.getLeftExpression() instanceof VariableExpression variable
                && variable.getAccessedVariable() instanceof DynamicVariable
                && around.peek().has(variable.getName(), types);
    }

    private boolean isReference(Expression expression) {
        return expression instanceof BinaryExpression binary
                && binary.getOperation().getType() == Types.LEFT_SQUARE_BRACKET
                && binary.getLeftExpression() instanceof VariableExpression variable
                && variable.getAccessedVariable() instanceof DynamicVariable
                && types.names().contains(variable.getName())
                && (around.isEmpty() || !around.peek().has(variable.getName(), types));
    }

    private static MethodCallExpression asCall(BinaryExpression list) {
        VariableExpression word = (VariableExpression) list.getLeftExpression();
        Expression value = asLiteral(list.getRightExpression());
        ConstantExpression name = new ConstantExpression(word.getName());
        name.setSourcePosition(word);
        MethodCallExpression call =
                new MethodCallExpression(new VariableExpression("this"), name, new ArgumentListExpression(value));
        call.setSourcePosition(list);
        return call;
    }

    /** What stands in the brackets of an index, as the list or map that was meant. */
    private static Expression asLiteral(Expression index) {
        if (index instanceof MapExpression) {
            return index;
        }
        List<Expression> elements = index instanceof ListExpression list ? list.getExpressions() : List.of(index);
        boolean entries = elements.stream().allMatch(MapEntryExpression.class::isInstance);
        Expression literal = entries
                ? new MapExpression(
                        elements.stream().map(MapEntryExpression.class::cast).toList())
                : new ListExpression(elements);
        literal.setSourcePosition(index);
        return literal;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
