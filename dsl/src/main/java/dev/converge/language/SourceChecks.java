package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.module.SiteModule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.FieldNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.CatchStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.SourceUnit;

/**
 * What has to be refused before anything else looks at a source: annotations run code in the compiler, so they are
 * judged right after parsing, by the name as it is written.
 */
final class SourceChecks extends ClassCodeVisitorSupport {
    private static final Set<String> ANNOTATIONS =
            Set.of("Override", "java.lang.Override", "SuppressWarnings", "java.lang.SuppressWarnings");

    /** The parser adds these itself, without a place in the source. */
    private static final Set<String> OF_THE_PARSER =
            Set.of("groovy.transform.BaseScript", "groovy.transform.Generated", "groovy.transform.RecordType");

    private final SourceUnit unit;
    private final SiteConfiguration configuration;
    private final SourceFile source;

    SourceChecks(SourceUnit unit, SiteConfiguration configuration) {
        this.unit = unit;
        this.configuration = configuration;
        this.source = configuration.source(unit.getName());
    }

    /** @param circles of the constants of all sources */
    void check(ConstantCircles circles) {
        ModuleNode module = unit.getAST();
        if (module.getPackage() != null) {
            String name = module.getPackage().getName().replaceAll("\\.$", "");
            note(module.getPackage(), GroovyErrors.reserved("pkg '" + name + "'"));
            visitAnnotations(module.getPackage());
        }
        module.getImports().forEach(this::checkImport);
        module.getStarImports().forEach(this::checkImport);
        module.getStaticImports().values().forEach(this::checkImport);
        module.getStaticStarImports().values().forEach(this::checkImport);
        module.getClasses().forEach(this::visitClass);
        module.getClasses().forEach(type -> circles.in(type).forEach(this::report));
        source.module().ifPresent(owner -> module.getClasses().forEach(type -> checkClass(owner, type)));
    }

    /** So that two modules do not get into each other's way, and a reader knows where a class comes from. */
    private void checkClass(SiteModule owner, ClassNode type) {
        if (type.isScript()) {
            note(
                    type.getModule().getStatementBlock().isEmpty()
                            ? type
                            : type.getModule()
                                    .getStatementBlock()
                                    .getStatements()
                                    .get(0),
                    Diagnostic.error(Code.MODULE, "Not a class", "The src/ of a module holds classes and nothing else.")
                            .suggest("Put this into the declare() of a composite, which the site includes."));
        } else if (type.getOuterClass() == null && !owner.mayDeclare(type.getNameWithoutPackage())) {
            note(
                    type,
                    Diagnostic.error(
                                    Code.MODULE,
                                    "Wrong name",
                                    "The classes of the module " + owner.name() + " begin with its name.")
                            .suggest("Call it " + owner.classNameFor(type.getNameWithoutPackage()) + "."));
        }
    }

    private void checkImport(ImportNode node) {
        visitAnnotations(node);
        if (node.getLineNumber() < 0) {
            return;
        }
        boolean single = !node.isStar() && !node.isStatic();
        if (!single || !AllowList.mayName(node.getClassName())) {
            note(node, Sandbox.forbidden("importing " + (single ? node.getClassName() : "with a star or static")));
        }
    }

    @Override
    public void visitAnnotations(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            String name = annotation.getClassNode().getName();
            boolean written = annotation.getLineNumber() > 0 || !OF_THE_PARSER.contains(name);
            if (written && ParameterAnnotations.isOurs(name)) {
                ParameterAnnotations.problem(annotation, node).ifPresent(problem -> report(annotation, problem));
            } else if (written && !ANNOTATIONS.contains(name)) {
                boolean trait = name.equals("groovy.transform.Trait");
                report(
                        annotation.getLineNumber() > 0 ? annotation : node,
                        Sandbox.forbidden(trait ? "a trait" : "the annotation @" + name));
            }
        }
    }

    /** Does not stop the compilation, so that everything else that is wrong is found too. */
    private void note(ASTNode node, Diagnostic diagnostic) {
        configuration.note(diagnostic.at(GroovyErrors.range(source, node)));
    }

    private void report(List<FieldNode> circle) {
        report(ConstantCircles.unit(circle.get(0)), circle.get(0), ConstantCircles.diagnostic(circle, configuration));
    }

    private void report(ASTNode node, Diagnostic diagnostic) {
        report(unit, node, diagnostic);
    }

    private void report(SourceUnit unit, ASTNode node, Diagnostic diagnostic) {
        unit.getErrorCollector()
                .addErrorAndContinue(GroovyErrors.error(configuration.errorFor(diagnostic), node, unit));
    }

    @Override
    public void visitClass(ClassNode node) {
        super.visitClass(node);
        node.getInnerClasses().forEachRemaining(this::visitAnnotations);
    }

    /** {@code mode: '0644'} would be a label on a text that does nothing. */
    @Override
    protected void visitStatement(Statement statement) {
        List<String> labels = statement.getStatementLabels();
        if (labels != null && !labels.isEmpty()) {
            Optional<Expression> value = statement instanceof ExpressionStatement only
                    ? Optional.of(only.getExpression())
                    : Optional.empty();
            note(statement, NameProblems.label(labels.get(labels.size() - 1), value));
        }
        super.visitStatement(statement);
    }

    @Override
    public void visitCatchStatement(CatchStatement statement) {
        visitAnnotations(statement.getVariable());
        super.visitCatchStatement(statement);
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        if (loop.getVariable() != null) {
            visitAnnotations(loop.getVariable());
        }
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression closure) {
        if (closure.getParameters() != null) {
            for (Parameter parameter : closure.getParameters()) {
                visitAnnotations(parameter);
            }
        }
        super.visitClosureExpression(closure);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
