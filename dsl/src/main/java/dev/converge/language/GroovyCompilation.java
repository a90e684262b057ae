package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.schema.TypeRegistry;
import groovy.lang.GroovyClassLoader;
import groovy.transform.CompileStatic;
import groovy.transform.stc.POJO;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassHelper;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.classgen.VariableScopeVisitor;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.ErrorCollector;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.io.StringReaderSource;
import org.codehaus.groovy.tools.GroovyClass;

/** Compiles the Groovy files of a site, all together, to classes that can do nothing but declare. */
final class GroovyCompilation {
    private final TypeRegistry types;
    private final ClassLoader parent;

    /** @param parent knows the resource types and, for a template, the site's own classes */
    GroovyCompilation(TypeRegistry types, ClassLoader parent) {
        this.types = types;
        this.parent = parent;
    }

    /** @param scriptBase what the top-level statements of a file become a subclass of */
    Checked<Map<String, byte[]>> compile(List<SourceFile> sources, Class<?> scriptBase) {
        SiteConfiguration configuration = new SiteConfiguration(types, sources, scriptBase);
        GroovyErrors errors = new GroovyErrors(configuration, sources);
        GroovyClassLoader loader = new GroovyClassLoader(parent, configuration);
        CompilationUnit unit = new CompilationUnit(configuration, null, loader);
        for (SourceFile source : sources) {
            ErrorCollector collector = unit.getErrorCollector();
            unit.addSource(new SourceUnit(
                    source.unitName(),
                    new StringReaderSource(source.text(), configuration),
                    configuration,
                    loader,
                    collector));
        }
        unit.addPhaseOperation(
                (SourceUnit source) -> new SourceChecks(source, configuration).check(), Phases.CONVERSION);
        unit.addPhaseOperation((source, context, type) -> rebase(type, scriptBase), Phases.CONVERSION);
        unit.addPhaseOperation(
                (source, context, type) -> prepare(source, type, configuration), Phases.SEMANTIC_ANALYSIS);
        unit.addPhaseOperation((source, context, type) -> makePlain(type), Phases.INSTRUCTION_SELECTION);
        try {
            unit.compile(Phases.CLASS_GENERATION);
            return Checked.of(classes(unit));
        } catch (MultipleCompilationErrorsException e) {
            return Checked.failed(errors.diagnostics(e.getErrorCollector()));
        } catch (CompilationFailedException | GroovyBugError | IndexOutOfBoundsException e) {
            return Checked.failed(tooLargeOrRethrow(errors, e));
        }
    }

    /** The class writer has its own exceptions for what does not fit into a class file. */
    private static Diagnostic tooLargeOrRethrow(GroovyErrors errors, Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String text = String.valueOf(cause.getMessage());
            if (cause.getClass().getSimpleName().endsWith("TooLargeException") || text.contains("too large")) {
                return errors.tooLarge(text);
            }
        }
        if (error instanceof RuntimeException exception) {
            throw exception;
        }
        throw (Error) error;
    }

    /**
     * Takes Groovy's own script class away: with it every start would set up Groovy's run-time dispatch, which
     * statically compiled code has no use for.
     */
    private static void rebase(ClassNode type, Class<?> scriptBase) {
        if (type.isScript()) {
            type.setSuperClass(ClassHelper.make(scriptBase));
            type.getMethods("main").forEach(type::removeMethod);
            List.copyOf(type.getDeclaredConstructors()).forEach(type::removeConstructor);
        }
    }

    /** A plain class, without the interface of Groovy's run-time dispatch, for the same reason. */
    private static void makePlain(ClassNode type) {
        if (type.isInterface()) {
            return;
        }
        type.setInterfaces(Arrays.stream(type.getInterfaces())
                .filter(face -> !ClassHelper.isGroovyObjectType(face))
                .toArray(ClassNode[]::new));
        type.addAnnotation(new AnnotationNode(ClassHelper.make(CompileStatic.class)));
        type.addAnnotation(new AnnotationNode(ClassHelper.make(POJO.class)));
    }

    private void prepare(SourceUnit source, ClassNode type, SiteConfiguration configuration) {
        boolean script = type.isScript();
        boolean composite = CompositeParameters.isComposite(type);
        if (composite) {
            CompositeParameters.addTo(type);
        }
        boolean manifest = script && configuration.scriptBase() == ManifestScript.class;
        if (composite || manifest) {
            types.declarationInterfaces().forEach(name -> type.addInterface(declarations(name)));
        }
        SourceFile file = configuration.source(source.getName());
        boolean declares = manifest || composite;
        if (declares) {
            new BodyInlining(source, types, parent).rewrite(type);
        }
        new ManifestTransform(source, file.number(), types).transform(type, declares);
        if (script) {
            ScriptParts.split(type);
        }
        new VariableScopeVisitor(source, true).visitClass(type);
    }

    private ClassNode declarations(String name) {
        try {
            return ClassHelper.make(Class.forName(name, false, parent));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, byte[]> classes(CompilationUnit unit) {
        Map<String, byte[]> sorted = new TreeMap<>();
        for (GroovyClass compiled : unit.getClasses()) {
            sorted.put(compiled.getName(), TextJoinBytecode.rewrite(compiled.getBytes()));
        }
        return new LinkedHashMap<>(sorted);
    }
}
