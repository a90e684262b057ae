package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import dev.converge.model.Attribute;
import dev.converge.schema.TypeSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.Variable;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCall;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.syntax.Types;
import org.codehaus.groovy.transform.stc.AbstractTypeCheckingExtension;
import org.codehaus.groovy.transform.stc.StaticTypeCheckingVisitor;

/** Says in the language's own words what the type checker finds wrong, and hands each checked class to the sandbox. */
public final class ManifestTypeChecking extends AbstractTypeCheckingExtension {
    /** On an expression that has been reported: what follows from it is not reported as well. */
    static final String REPORTED = "converge.reported";

    /** Called by Groovy, which finds this class by its name. */
    public ManifestTypeChecking(StaticTypeCheckingVisitor visitor) {
        super(visitor);
    }

    private SiteConfiguration configuration() {
        return (SiteConfiguration) context.getSource().getConfiguration();
    }

    private void report(ASTNode node, Diagnostic diagnostic) {
        context.getErrorCollector()
                .addErrorAndContinue(
                        GroovyErrors.error(configuration().errorFor(diagnostic), node, context.getSource()));
    }

    @Override
    public void afterVisitClass(ClassNode node) {
        new Sandbox(context.getSource(), this::report).visitClass(node);
    }

    @Override
    public List<MethodNode> handleMissingMethod(
            ClassNode receiver,
            String name,
            ArgumentListExpression arguments,
            ClassNode[] argumentTypes,
            MethodCall call) {
        if (!(call instanceof MethodCallExpression written)) {
            return List.of();
        }
        if (new Reported().isIn(arguments)) {
            written.putNodeMetaData(REPORTED, Boolean.TRUE);
            return List.of(newMethod(name, Object.class));
        }
        String body = written.getNodeMetaData(ManifestTransform.BODY);
        if (body == null && !written.isImplicitThis()) {
            return List.of();
        }
        Diagnostic problem = body != null ? inBody(body, name, arguments) : atTop(receiver, name, arguments);
        if (problem == null) {
            return List.of();
        }
        report(written, problem);
        written.putNodeMetaData(REPORTED, Boolean.TRUE);
        return List.of(newMethod(name, Object.class));
    }

    private Diagnostic inBody(String type, String name, ArgumentListExpression arguments) {
        TypeSchema<?> schema = configuration().types().get(type);
        Optional<Attribute> attribute = schema.attribute(name);
        if (attribute.isPresent()) {
            return wrongValue(schema, attribute.get(), arguments);
        }
        List<String> known = Words.inBody(configuration().types(), type);
        if (Words.COMMON.contains(name)) {
            return wrongCommonValue(name);
        }
        if (configuration().types().names().contains(name)) {
            return Diagnostic.error(
                            Code.NESTED_RESOURCE,
                            "Resource inside a resource",
                            "A " + name + " cannot be declared between the braces of a " + type + ".")
                    .suggest("Declare it beside the " + type + " and put them in order with requires or notifies.");
        }
        return Diagnostic.error(
                        Code.UNKNOWN_ATTRIBUTE, "Unknown attribute", type + " has no attribute \"" + name + "\".")
                .suggest(Suggestions.didYouMean(name, known)
                        .or(() -> Optional.of("\"converge explain " + type + "\" lists its attributes.")));
    }

    private static Diagnostic wrongCommonValue(String name) {
        String takes =
                switch (name) {
                    case "noop" -> "true or false";
                    case "ensure", "tags" -> "text";
                    default -> "references such as pkg['nginx'], or what a declaration returned";
                };
        return Diagnostic.error(Code.WRONG_TYPE, "Wrong type", "\"" + name + "\" takes " + takes + ".");
    }

    private Diagnostic wrongValue(TypeSchema<?> schema, Attribute attribute, ArgumentListExpression arguments) {
        if (attribute.role() == Attribute.Role.ID) {
            return Diagnostic.error(
                    Code.UNKNOWN_ATTRIBUTE,
                    "Unknown attribute",
                    "\"" + attribute.name() + "\" of " + schema.name() + " is its name: " + schema.name()
                            + "('…') { … }");
        }
        if (attribute.role() == Attribute.Role.DERIVED) {
            return Diagnostic.error(
                    Code.UNKNOWN_ATTRIBUTE,
                    "Unknown attribute",
                    "\"" + attribute.name() + "\" of " + schema.name() + " is not given: " + attribute.doc());
        }
        List<Expression> given = arguments.getExpressions();
        Diagnostic diagnostic = Diagnostic.error(
                Code.WRONG_TYPE,
                "Wrong type",
                "\"" + attribute.name() + "\" of " + schema.name() + " takes " + takes(attribute) + givenText(given)
                        + ".");
        boolean wantsText = !List.of("Integer", "Long", "Boolean")
                .contains(attribute.valueType().getSimpleName());
        if (given.size() == 1
                && given.get(0) instanceof ConstantExpression constant
                && constant.getValue() instanceof Number) {
            String literal = literal(constant);
            if (wantsText && attribute.valueType().getSimpleName().equals("Mode")) {
                String octal = literal.startsWith("0") ? literal : "0" + literal;
                return diagnostic.suggest("Modes are text, since 0644 and 644 are different numbers: "
                        + attribute.name() + " '" + octal + "'");
            }
            if (wantsText) {
                return diagnostic.suggest("Put it in quotes: " + attribute.name() + " '" + literal + "'");
            }
        }
        if (given.size() == 1 && !wantsText && given.get(0) instanceof ConstantExpression constant) {
            return diagnostic.suggest("Without quotes: " + attribute.name() + " " + constant.getText());
        }
        return diagnostic;
    }

    private static String takes(Attribute attribute) {
        String one =
                switch (attribute.valueType().getSimpleName()) {
                    case "Integer", "Long" -> "a whole number";
                    case "Boolean" -> "true or false";
                    case "Path" -> "an absolute path as text";
                    case "Duration" -> "a duration as text, such as '30s'";
                    case "Mode" -> "a mode as text, such as '0644'";
                    default -> "text";
                };
        return switch (attribute.shape()) {
            case ONE, OPTIONAL -> one;
            case LIST, OPTIONAL_LIST, OPTIONAL_SET -> "one or several of: " + one;
            case MAP, OPTIONAL_MAP -> "names with values (NAME: value), each " + one;
        };
    }

    private String givenText(List<Expression> given) {
        if (given.size() == 1 && given.get(0) instanceof ConstantExpression constant) {
            return ", not " + (constant.getValue() instanceof CharSequence ? "text" : literal(constant));
        }
        return given.size() == 1 ? ", not " + getType(given.get(0)).getNameWithoutPackage() : "";
    }

    /** The literal as it is written: the parser has already read 0644 as 420. */
    private String literal(ConstantExpression constant) {
        String[] lines =
                configuration().source(context.getSource().getName()).text().split("\n", -1);
        int line = constant.getLineNumber() - 1;
        if (line < 0 || line >= lines.length || constant.getLastLineNumber() != constant.getLineNumber()) {
            return constant.getText();
        }
        int from = constant.getColumnNumber() - 1;
        int to = Math.min(constant.getLastColumnNumber() - 1, lines[line].length());
        return from >= 0 && from < to ? lines[line].substring(from, to).strip() : constant.getText();
    }

    private Diagnostic atTop(ClassNode receiver, String name, ArgumentListExpression arguments) {
        boolean known = configuration().types().names().contains(name);
        if (known) {
            return Diagnostic.error(
                            Code.WRONG_TYPE,
                            "Wrong type",
                            "A " + name + " is declared with its name as text, then its attributes in braces.")
                    .suggest(name + "('name') { … }");
        }
        if (Words.STATEMENTS.contains(name) || Words.FUNCTIONS.contains(name) || !isLikeDeclaration(arguments)) {
            return null;
        }
        List<String> words = Words.atTop(configuration().types());
        receiver.redirect().getMethods().stream()
                .filter(method -> method.getLineNumber() > 0)
                .forEach(method -> words.add(method.getName()));
        return Diagnostic.error(
                        Code.UNKNOWN_TYPE, "Unknown resource type", "There is no resource type \"" + name + "\".")
                .suggest(Suggestions.didYouMean(name, words).or(() -> synonym(name)));
    }

    /** What people who come from other tools call things. */
    private static Optional<String> synonym(String name) {
        String ours =
                switch (name) {
                    case "packages", "apt", "yum", "dnf" -> "pkg";
                    case "command", "cmd", "shell", "run" -> "exec";
                    case "notify", "echo", "println", "print" -> "notice";
                    case "folder", "dir", "mkdir" -> "directory";
                    case "symlink", "ln" -> "link";
                    case "copy", "template" -> "file";
                    case "account" -> "user";
                    default -> "";
                };
        return ours.isEmpty() ? Optional.empty() : Optional.of("Here it is called \"" + ours + "\".");
    }

    private static boolean isLikeDeclaration(ArgumentListExpression arguments) {
        return !arguments.getExpressions().isEmpty();
    }

    @Override
    public boolean handleUnresolvedVariableExpression(VariableExpression variable) {
        String body = variable.getNodeMetaData(ManifestTransform.BODY);
        BinaryExpression around = context.getEnclosingBinaryExpression();
        boolean assigned = around != null
                && around.getOperation().getType() == Types.ASSIGN
                && around.getLeftExpression() == variable;
        report(variable, assigned ? assignment(variable.getName(), body, around) : unknownName(variable, body));
        variable.putNodeMetaData(REPORTED, Boolean.TRUE);
        storeType(variable, org.codehaus.groovy.ast.ClassHelper.OBJECT_TYPE);
        return true;
    }

    private Diagnostic assignment(String name, String body, BinaryExpression assignment) {
        if (body != null) {
            return Diagnostic.error(
                            Code.ASSIGNMENT, "Assignment", "Attributes are given as calls, without an equals sign.")
                    .suggest("Write: " + name + " " + valueText(assignment.getRightExpression()));
        }
        return Diagnostic.error(Code.ASSIGNMENT, "Assignment", "The variable \"" + name + "\" is not declared.")
                .suggest("Declare it: def " + name + " = …");
    }

    private static String valueText(Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof String text) {
            return "'" + text + "'";
        }
        return value.getText();
    }

    private Diagnostic unknownName(VariableExpression variable, String body) {
        List<String> known = new ArrayList<>(List.of("facts"));
        known.addAll(configuration().types().names());
        if (body != null) {
            known.addAll(Words.inBody(configuration().types(), body));
        }
        org.codehaus.groovy.ast.VariableScope scope = context.getEnclosingMethod() == null
                ? null
                : context.getEnclosingMethod().getVariableScope();
        if (scope != null) {
            scope.getDeclaredVariables().values().stream()
                    .map(Variable::getName)
                    .forEach(known::add);
        }
        String name = variable.getName();
        Diagnostic diagnostic =
                Diagnostic.error(Code.UNKNOWN_NAME, "Unknown name", "Nothing here is called \"" + name + "\".");
        if (configuration().types().names().contains(name)) {
            return diagnostic.suggest("Name a resource: " + name + "['…']");
        }
        return diagnostic.suggest(
                Suggestions.didYouMean(name, known).or(() -> Optional.of("Text stands in quotes: '" + name + "'")));
    }

    @Override
    public boolean handleUnresolvedProperty(PropertyExpression property) {
        ClassNode receiver = getType(property.getObjectExpression());
        String name = property.getPropertyAsString();
        if (name == null || receiver == null || !receiver.getName().startsWith("dev.converge.facts.Facts")) {
            return false;
        }
        List<String> known = new ArrayList<>();
        for (MethodNode method : receiver.getMethods()) {
            if (method.isPublic() && method.getName().startsWith("get") && method.getParameters().length == 0) {
                String getter = method.getName().substring(3);
                known.add(Character.toLowerCase(getter.charAt(0)) + getter.substring(1));
            }
        }
        report(
                property,
                Diagnostic.error(Code.UNKNOWN_NAME, "Unknown fact", "There is no fact \"" + name + "\" here.")
                        .suggest(Suggestions.didYouMean(name, known)
                                .or(() -> Optional.of("A custom fact is read as facts['" + name + "']."))));
        property.putNodeMetaData(REPORTED, Boolean.TRUE);
        storeType(property, org.codehaus.groovy.ast.ClassHelper.OBJECT_TYPE);
        return true;
    }

    /** Looks for an expression that has been reported. */
    private static final class Reported extends org.codehaus.groovy.ast.CodeVisitorSupport {
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
        public void visitClosureExpression(org.codehaus.groovy.ast.expr.ClosureExpression closure) {
            // Has been reported where it stands; the call around it is judged by its other arguments.
        }
    }
}
