package dev.converge.testing.runner;

import dev.converge.testing.InlineManifest;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.ConstructorCallExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/**
 * Turns the braces of {@code compile { … }} and {@code converge { … }} into the text of a manifest before anything else
 * looks at the spec: what is between them is in another language, which only the manifest compiler checks.
 */
final class InlineManifests extends CompilationCustomizer {
    private static final Set<String> CALLS = Set.of("compile", "converge");

    private final UnaryOperator<String> shown;

    /** @param shown how the file of a source is named in diagnostics */
    InlineManifests(UnaryOperator<String> shown) {
        super(CompilePhase.CONVERSION);
        this.shown = shown;
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        Set<String> fields = new HashSet<>();
        type.getFields().stream().map(FieldNode::getName).forEach(fields::add);
        type.getProperties().stream().map(PropertyNode::getName).forEach(fields::add);
        List<String> lines = lines(source);
        for (MethodNode method : type.getMethods()) {
            if (method.getCode() != null) {
                Set<String> known = SpecVariables.of(method);
                known.addAll(fields);
                method.getCode().visit(new Calls(known, lines, shown.apply(source.getName())));
            }
        }
    }

    private static List<String> lines(SourceUnit source) {
        try (Reader reader = source.getSource().getReader()) {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            return text.toString().lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes the calls. */
    private static final class Calls extends CodeVisitorSupport {
        private final Set<String> known;
        private final List<String> lines;
        private final String file;

        Calls(Set<String> known, List<String> lines, String file) {
            this.known = known;
            this.lines = lines;
            this.file = file;
        }

        @Override
        public void visitMethodCallExpression(MethodCallExpression call) {
            Optional<ClosureExpression> manifest = manifestOf(call);
            if (manifest.isEmpty()) {
                super.visitMethodCallExpression(call);
                return;
            }
            List<Expression> arguments = new ArrayList<>(((TupleExpression) call.getArguments()).getExpressions());
            arguments.set(arguments.size() - 1, inline(manifest.get()));
            call.setArguments(new ArgumentListExpression(arguments));
        }

        private Expression inline(ClosureExpression braces) {
            Used used = new Used(known);
            braces.getCode().visit(used);
            MapExpression variables = new MapExpression();
            used.names.stream()
                    .sorted()
                    .forEach(name -> variables.addMapEntryExpression(
                            new MapEntryExpression(new ConstantExpression(name), new VariableExpression(name))));
            Expression made = new ConstructorCallExpression(
                    ClassHelper.make(InlineManifest.class),
                    new ArgumentListExpression(List.of(
                            new ConstantExpression(between(braces)),
                            new ConstantExpression(file),
                            new ConstantExpression(braces.getLineNumber()),
                            new ConstantExpression(braces.getColumnNumber() + 1),
                            variables)));
            made.setSourcePosition(braces);
            return made;
        }

        private String between(ASTNode braces) {
            int first = braces.getLineNumber() - 1;
            int last = braces.getLastLineNumber() - 1;
            int end = braces.getLastColumnNumber() - 2;
            if (first == last) {
                return lines.get(first).substring(braces.getColumnNumber(), end);
            }
            StringBuilder text = new StringBuilder(lines.get(first).substring(braces.getColumnNumber()));
            for (int i = first + 1; i < last; i++) {
                text.append('\n').append(lines.get(i));
            }
            return text.append('\n').append(lines.get(last), 0, end).toString();
        }
    }

    /** Those of the known names that a manifest uses. */
    private static final class Used extends CodeVisitorSupport {
        private final Set<String> known;
        private final Set<String> names = new HashSet<>();

        Used(Set<String> known) {
            this.known = known;
        }

        @Override
        public void visitVariableExpression(VariableExpression variable) {
            if (known.contains(variable.getName())) {
                names.add(variable.getName());
            }
        }
    }

    private static Optional<ClosureExpression> manifestOf(MethodCallExpression call) {
        if (!call.isImplicitThis()
                || !CALLS.contains(call.getMethodAsString())
                || !(call.getArguments() instanceof TupleExpression arguments)
                || arguments.getExpressions().isEmpty()) {
            return Optional.empty();
        }
        Expression last = arguments.getExpression(arguments.getExpressions().size() - 1);
        return last instanceof ClosureExpression braces ? Optional.of(braces) : Optional.empty();
    }
}
