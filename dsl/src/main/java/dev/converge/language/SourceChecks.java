package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.Set;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassCodeVisitorSupport;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.ImportNode;
import org.codehaus.groovy.ast.ModuleNode;
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
            Set.of("groovy.transform.BaseScript", "groovy.transform.Generated");

    private final SourceUnit unit;
    private final SiteConfiguration configuration;

    SourceChecks(SourceUnit unit, SiteConfiguration configuration) {
        this.unit = unit;
        this.configuration = configuration;
    }

    void check() {
        ModuleNode module = unit.getAST();
        if (module.getPackage() != null) {
            report(
                    module.getPackage(),
                    Diagnostic.error(
                                    Code.RESERVED_WORD,
                                    "Reserved word",
                                    "\"package\" is a word of Groovy; the resource type for packages is \"pkg\".")
                            .suggest("Write: pkg '"
                                    + module.getPackage().getName().replaceAll("\\.$", "") + "'"));
            visitAnnotations(module.getPackage());
        }
        module.getImports().forEach(this::checkImport);
        module.getStarImports().forEach(this::checkImport);
        module.getStaticImports().values().forEach(this::checkImport);
        module.getStaticStarImports().values().forEach(this::checkImport);
        module.getClasses().forEach(this::visitClass);
    }

    private void checkImport(ImportNode node) {
        visitAnnotations(node);
        if (node.getLineNumber() < 0) {
            return;
        }
        boolean single = !node.isStar() && !node.isStatic();
        if (!single || !AllowList.mayName(node.getClassName())) {
            report(node, Sandbox.forbidden("importing " + (single ? node.getClassName() : "with a star or static")));
        }
    }

    @Override
    public void visitAnnotations(AnnotatedNode node) {
        for (AnnotationNode annotation : node.getAnnotations()) {
            String name = annotation.getClassNode().getName();
            boolean written = annotation.getLineNumber() > 0 || !OF_THE_PARSER.contains(name);
            if (written && !ANNOTATIONS.contains(name)) {
                boolean trait = name.equals("groovy.transform.Trait");
                report(
                        annotation.getLineNumber() > 0 ? annotation : node,
                        Sandbox.forbidden(trait ? "a trait" : "the annotation @" + name));
            }
        }
    }

    private void report(ASTNode node, Diagnostic diagnostic) {
        unit.getErrorCollector()
                .addErrorAndContinue(GroovyErrors.error(configuration.errorFor(diagnostic), node, unit));
    }

    @Override
    public void visitClass(ClassNode node) {
        super.visitClass(node);
        node.getInnerClasses().forEachRemaining(this::visitAnnotations);
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return unit;
    }
}
