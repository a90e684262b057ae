package dev.converge.testing.runner;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.messages.Message;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.syntax.SyntaxException;

/** Compiles the Groovy files of a module's {@code test/} folder: its specs, and what they share. */
final class SpecCompiler {
    private static final String SPEC = "Spec.groovy";
    private static final String BYTECODE = "17";

    private final Path home;

    SpecCompiler(Path home) {
        this.home = home;
    }

    /** Every Groovy file of the tests, sorted. */
    List<Path> sources() throws IOException {
        Path tests = home.resolve("test");
        if (!Files.isDirectory(tests)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(tests)) {
            return all.filter(file -> file.toString().endsWith(".groovy"))
                    .sorted()
                    .toList();
        }
    }

    static boolean isSpec(Path source) {
        return source.getFileName().toString().endsWith(SPEC);
    }

    /**
     * The classes of the specs, in the order of their files.
     *
     * @param target an empty folder for the classes
     */
    Checked<List<Class<?>>> compile(List<Path> sources, Path target) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setTargetBytecode(BYTECODE);
        configuration.setParameters(true);
        configuration.setTargetDirectory(target.toFile());
        configuration.addCompilationCustomizers(new InlineManifests(this::shown));
        CompilationUnit unit = new CompilationUnit(configuration);
        sources.forEach(source -> unit.addSource(source.toFile()));
        try {
            unit.compile(Phases.OUTPUT);
        } catch (MultipleCompilationErrorsException e) {
            return Checked.failed(problems(e));
        } catch (CompilationFailedException e) {
            return Checked.failed(problem(String.valueOf(e.getMessage())));
        }
        return Checked.of(load(unit, target));
    }

    private static List<Class<?>> load(CompilationUnit unit, Path target) throws MalformedURLException {
        URL[] classes = {target.toUri().toURL()};
        // Open for as long as the process: what a spec has started may load classes after it has ended.
        URLClassLoader loader = new URLClassLoader(classes, SpecCompiler.class.getClassLoader());
        List<Class<?>> specs = new ArrayList<>();
        unit.iterator().forEachRemaining(source -> {
            if (isSpec(Path.of(source.getName()))) {
                source.getAST().getClasses().stream()
                        .filter(type -> type.getName().endsWith("Spec"))
                        .forEach(type -> specs.add(load(type.getName(), loader)));
            }
        });
        return specs;
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("just compiled", e);
        }
    }

    private List<Diagnostic> problems(MultipleCompilationErrorsException failure) {
        List<Diagnostic> problems = new ArrayList<>();
        for (Message message : failure.getErrorCollector().getErrors()) {
            if (message instanceof SyntaxErrorMessage syntax) {
                SyntaxException cause = syntax.getCause();
                problems.add(problem(cause.getOriginalMessage())
                        .at(new SourceRange(
                                shown(cause.getSourceLocator()),
                                cause.getStartLine(),
                                cause.getStartColumn(),
                                cause.getEndLine(),
                                cause.getEndColumn())));
            } else {
                problems.add(problem(String.valueOf(message)));
            }
        }
        return problems;
    }

    private static Diagnostic problem(String detail) {
        return Diagnostic.error(Code.SYNTAX, "The spec does not compile", detail);
    }

    private String shown(String file) {
        Path path = Path.of(file);
        return path.startsWith(home) ? home.relativize(path).toString() : file;
    }
}
