package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.schema.TypeRegistry;
import groovy.lang.GroovyClassLoader;
import groovy.transform.CompileStatic;
import groovy.transform.stc.POJO;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.codehaus.groovy.GroovyBugError;
import org.codehaus.groovy.ast.ASTNode;
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
import org.codehaus.groovy.control.io.ReaderSource;
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

    /**
     * What became of the sources.
     *
     * @param classes byte code by name; empty when there is none to run
     * @param diagnostics in the order of their places; with classes there are only such as the run would find too
     */
    record Outcome(Optional<Map<String, byte[]>> classes, List<Diagnostic> diagnostics) {}

    /** @param scriptBase what the top-level statements of a file become a subclass of */
    Outcome compile(List<SourceFile> sources, Class<?> scriptBase) {
        SiteConfiguration configuration = new SiteConfiguration(types, sources, scriptBase);
        GroovyErrors errors = new GroovyErrors(configuration, sources);
        CompilationUnit unit = unit(sources, configuration);
        try {
            unit.compile(Phases.CLASS_GENERATION);
            List<Diagnostic> noted = InOrder.of(configuration.noted());
            Map<String, byte[]> classes = classes(unit);
            Set<String> forbidden = ByteCodeCheck.forbidden(classes, types);
            if (!forbidden.isEmpty()) {
                return new Outcome(Optional.empty(), List.of(Sandbox.forbidden(String.join(", ", forbidden))));
            }
            boolean runs = noted.stream().allMatch(GroovyCompilation::isFoundByRun);
            return new Outcome(runs ? Optional.of(classes) : Optional.empty(), noted);
        } catch (MultipleCompilationErrorsException e) {
            List<Diagnostic> found = new ArrayList<>(errors.diagnostics(e.getErrorCollector()));
            found.addAll(others(sources, found, scriptBase));
            return new Outcome(Optional.empty(), InOrder.of(found));
        } catch (CompilationFailedException | GroovyBugError | IndexOutOfBoundsException e) {
            return new Outcome(Optional.empty(), List.of(tooLargeOrRethrow(errors, e)));
        }
    }

    private static boolean isFoundByRun(Diagnostic noted) {
        return noted.code() == Code.BAD_VALUE || noted.code() == Code.MISSING_ATTRIBUTE;
    }

    /** A file that cannot be parsed stops the rest from being checked: what is wrong there is looked for without it. */
    private List<Diagnostic> others(List<SourceFile> sources, List<Diagnostic> found, Class<?> scriptBase) {
        Set<String> broken = found.stream()
                .filter(diagnostic -> diagnostic.code() == Code.SYNTAX || diagnostic.code() == Code.RESERVED_WORD)
                .flatMap(diagnostic -> diagnostic.at().stream())
                .map(SourceRange::file)
                .collect(Collectors.toSet());
        List<SourceFile> rest = sources.stream()
                .filter(source -> !broken.contains(source.path()))
                .toList();
        if (broken.isEmpty() || rest.isEmpty()) {
            return List.of();
        }
        return compile(rest, scriptBase).diagnostics().stream()
                .filter(diagnostic -> diagnostic.code() != Code.UNKNOWN_NAME)
                .toList();
    }

    private CompilationUnit unit(List<SourceFile> sources, SiteConfiguration configuration) {
        GroovyClassLoader loader = new GroovyClassLoader(parent, configuration);
        CompilationUnit unit = new CompilationUnit(configuration, null, loader);
        for (SourceFile source : sources) {
            ReaderSource text = new StringReaderSource(source.text(), configuration);
            ErrorCollector collector = unit.getErrorCollector();
            unit.addSource(new SourceUnit(source.unitName(), text, configuration, loader, collector));
        }
        ConstantCircles circles = new ConstantCircles(unit.getAST());
        unit.addPhaseOperation(
                (SourceUnit source) -> {
                    configuration.classNames(names(unit));
                    new SourceChecks(source, configuration).check(circles);
                },
                Phases.CONVERSION);
        unit.addPhaseOperation((source, context, type) -> rebase(type, configuration.scriptBase()), Phases.CONVERSION);
        unit.addPhaseOperation(
                (source, context, type) -> prepare(source, type, configuration), Phases.SEMANTIC_ANALYSIS);
        unit.addPhaseOperation((source, context, type) -> makePlain(type), Phases.INSTRUCTION_SELECTION);
        return unit;
    }

    private static List<String> names(CompilationUnit unit) {
        return unit.getAST().getClasses().stream()
                .filter(type -> !type.isScript())
                .map(ClassNode::getName)
                .toList();
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
        SourceFile file = configuration.source(source.getName());
        boolean script = type.isScript();
        boolean composite = CompositeParameters.isComposite(type);
        BiConsumer<ASTNode, Diagnostic> note =
                (node, problem) -> configuration.note(problem.at(GroovyErrors.range(file, node)));
        if (composite) {
            CompositeParameters.addTo(type, types, note);
        } else {
            ParameterAnnotations.refuseOthers(type, List.of(), note);
        }
        boolean manifest = script && configuration.scriptBase() == ManifestScript.class;
        if (composite || manifest) {
            types.declarationInterfaces().forEach(name -> type.addInterface(declarations(name)));
        }
        boolean declares = manifest || composite;
        if (declares) {
            new BracesTransform(source, configuration).transform(type);
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
            sorted.put(compiled.getName(), RedirectedCalls.rewrite(compiled.getBytes()));
        }
        return new LinkedHashMap<>(sorted);
    }
}
