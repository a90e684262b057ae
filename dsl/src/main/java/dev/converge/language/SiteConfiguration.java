package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.schema.TypeRegistry;
import groovy.transform.CompileStatic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ASTTransformationCustomizer;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** How Groovy compiles manifests, and the way for its type-checking extension to reach what this compilation knows. */
final class SiteConfiguration extends CompilerConfiguration {
    private final TypeRegistry types;
    private final List<SourceFile> sources;
    private final Class<?> scriptBase;
    private final List<Diagnostic> found = new ArrayList<>();
    private final List<Diagnostic> noted = new ArrayList<>();
    private List<String> classNames = List.of();

    SiteConfiguration(TypeRegistry types, List<SourceFile> sources, Class<?> scriptBase) {
        this.types = types;
        this.sources = sources;
        this.scriptBase = scriptBase;
        setTargetBytecode(JDK17);
        setSourceEncoding("UTF-8");
        // @Grab would fetch and run code while the manifest is only being parsed.
        setDisabledGlobalASTTransformations(Set.of("groovy.grape.GrabAnnotationTransformation"));
        addCompilationCustomizers(
                new ImportCustomizer()
                        .addImports(Composite.class.getName(), Reference.class.getName(), Target.class.getName())
                        .addImports(ParameterAnnotations.names())
                        .addImports(FunctionClasses.of(types.loader()).toArray(String[]::new)),
                new ASTTransformationCustomizer(
                        Map.of("extensions", List.of(ManifestTypeChecking.class.getName())), CompileStatic.class));
    }

    /** What the top-level statements of a file become a subclass of. */
    Class<?> scriptBase() {
        return scriptBase;
    }

    TypeRegistry types() {
        return types;
    }

    SourceFile source(String unitName) {
        for (SourceFile source : sources) {
            if (source.unitName().equals(unitName)) {
                return source;
            }
        }
        throw new IllegalArgumentException("no source " + unitName);
    }

    /** Keeps a diagnostic; the returned text stands for it in Groovy's list of errors. */
    String errorFor(Diagnostic diagnostic) {
        found.add(diagnostic);
        return GroovyErrors.OURS + (found.size() - 1);
    }

    /** Keeps what the run would find too: it does not stop the compilation. */
    void note(Diagnostic diagnostic) {
        noted.add(diagnostic);
    }

    List<Diagnostic> noted() {
        return noted;
    }

    /** Tells which classes the site has, once they are known. */
    void classNames(List<String> names) {
        classNames = List.copyOf(names);
    }

    /** The names of the site's classes, for suggestions. */
    List<String> classNames() {
        return classNames;
    }

    Diagnostic found(int number) {
        return found.get(number);
    }
}
