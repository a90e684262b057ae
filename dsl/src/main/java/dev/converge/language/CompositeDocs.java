package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.language.CompositeDoc.ParameterDoc;
import dev.converge.module.SiteModule;
import dev.converge.schema.TypeRegistry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.AnnotatedNode;
import org.codehaus.groovy.ast.AnnotationNode;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.PropertyNode;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.SourceUnit;

/** Reads what the composites of a module take from their sources, which are only parsed for it. */
public final class CompositeDocs {
    private static final String ROOT = Composite.class.getSimpleName();

    private final List<SourceFile> sources;
    private final Map<String, ClassNode> classes = new TreeMap<>();
    private final Map<String, SourceFile> files = new TreeMap<>();

    private CompositeDocs(List<SourceFile> sources) {
        this.sources = sources;
    }

    /** The composites of a module, sorted by name. */
    public static Checked<List<CompositeDoc>> of(SiteModule module, TypeRegistry types) {
        Checked<List<SourceFile>> sources = SiteSources.of(module);
        if (sources.value().isEmpty()) {
            return Checked.failed(sources.diagnostics());
        }
        return new CompositeDocs(sources.value().get()).read(types);
    }

    private Checked<List<CompositeDoc>> read(TypeRegistry types) {
        SiteConfiguration configuration = new SiteConfiguration(types, sources, ManifestScript.class);
        configuration.getOptimizationOptions().put(CompilerConfiguration.GROOVYDOC, true);
        CompilationUnit unit = new CompilationUnit(configuration);
        for (SourceFile source : sources) {
            unit.addSource(source.unitName(), source.text());
        }
        try {
            unit.compile(Phases.CONVERSION);
        } catch (MultipleCompilationErrorsException e) {
            List<Diagnostic> found = new GroovyErrors(configuration, sources).diagnostics(e.getErrorCollector());
            return Checked.failed(found);
        }
        unit.iterator().forEachRemaining(parsed -> collect(parsed, configuration));
        List<CompositeDoc> docs = new ArrayList<>();
        classes.forEach((name, type) -> {
            if (isComposite(type)) {
                docs.add(doc(type, files.get(name)));
            }
        });
        return Checked.of(docs);
    }

    private void collect(SourceUnit parsed, SiteConfiguration configuration) {
        for (ClassNode type : parsed.getAST().getClasses()) {
            classes.put(type.getName(), type);
            files.put(type.getName(), configuration.source(parsed.getName()));
        }
    }

    /** By the names as they are written: nothing is resolved. */
    private boolean isComposite(ClassNode type) {
        ClassNode above = type.getUnresolvedSuperClass(false);
        for (int depth = 0; above != null && depth <= classes.size(); depth++) {
            if (above.getName().equals(ROOT)) {
                return (type.getModifiers() & Modifier.ABSTRACT) == 0;
            }
            ClassNode known = classes.get(above.getName());
            above = known == null ? null : known.getUnresolvedSuperClass(false);
        }
        return false;
    }

    private CompositeDoc doc(ClassNode type, SourceFile file) {
        List<ParameterDoc> parameters = new ArrayList<>();
        ClassNode above = classes.get(type.getUnresolvedSuperClass(false).getName());
        if (above != null) {
            parameters.addAll(doc(above, files.get(above.getName())).parameters());
        }
        for (PropertyNode property : type.getProperties()) {
            if (!property.isStatic()) {
                parameters.add(parameter(property, file));
            }
        }
        return new CompositeDoc(type.getName(), text(type), parameters);
    }

    private static ParameterDoc parameter(PropertyNode property, SourceFile file) {
        AnnotatedNode written = property.getField();
        List<String> checks = new ArrayList<>();
        for (AnnotationNode annotation : written.getAnnotations()) {
            checks.add(source(annotation, file));
        }
        String initial = property.getInitialExpression() == null ? "" : source(property.getInitialExpression(), file);
        String type = property.getField().getOriginType().toString(false);
        return new ParameterDoc(property.getName(), type, initial, checks, docText(property, written));
    }

    private static String docText(PropertyNode property, AnnotatedNode field) {
        String own = text(property);
        return own.isEmpty() ? text(field) : own;
    }

    /** The comment without its stars and line breaks. */
    private static String text(AnnotatedNode node) {
        if (node.getGroovydoc() == null || !node.getGroovydoc().isPresent()) {
            return "";
        }
        String inner =
                node.getGroovydoc().getContent().replaceFirst("^/\\*\\*", "").replaceFirst("\\*/$", "");
        return inner.lines()
                .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
                .collect(Collectors.joining(" "))
                .strip()
                .replaceAll("\\s+", " ");
    }

    /** What stands there, on one line. */
    private static String source(ASTNode node, SourceFile file) {
        List<String> lines = file.text().lines().toList();
        StringBuilder out = new StringBuilder();
        for (int line = node.getLineNumber(); line <= node.getLastLineNumber(); line++) {
            String text = lines.get(line - 1);
            int from = line == node.getLineNumber() ? node.getColumnNumber() - 1 : 0;
            int to = line == node.getLastLineNumber() ? node.getLastColumnNumber() - 1 : text.length();
            out.append(text, from, Math.min(to, text.length())).append(' ');
        }
        return out.toString().strip().replaceAll("\\s+", " ");
    }
}
