package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Compiles templates, each once for all hosts that give it variables of the same types. */
final class TemplateClasses {
    /** Each template in each form that the types of its variables give it; some tens of kilobytes a piece. */
    private static final int MOST = 256;

    private final TypeRegistry types;
    private final CompileCache cache;
    private final List<String> build;
    private final LoadedSites loaded;

    /** @param build which one of Converge this is, for the keys of the cache */
    TemplateClasses(TypeRegistry types, CompileCache cache, List<String> build) {
        this.types = types;
        this.cache = cache;
        this.build = build;
        this.loaded = new LoadedSites(types.loader(), MOST);
    }

    /** The class of a template, for one run; empty when it does not compile. */
    Optional<Class<?>> load(TemplateSource source, Consumer<Diagnostic> problems) {
        SourceFile file = new SourceFile(0, source.path(), "manifest_template", source.groovy());
        Optional<LoadedSites.Loaded> found = loaded.find(source.groovy());
        if (found.isEmpty()) {
            Optional<CompiledSite> compiled = compiled(source, file, problems);
            if (compiled.isEmpty()) {
                return Optional.empty();
            }
            found = Optional.of(loaded.keep(source.groovy(), compiled.get()));
        }
        try {
            return Optional.of(
                    Class.forName(file.scriptClass(), true, found.get().loader()));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<CompiledSite> compiled(TemplateSource source, SourceFile file, Consumer<Diagnostic> problems) {
        List<String> parts = new ArrayList<>(build);
        parts.add(source.groovy());
        String key = CompileCache.key(parts);
        Optional<CompiledSite> cached = cache.find(key);
        if (cached.isPresent()) {
            return cached;
        }
        GroovyCompilation.Outcome compilation =
                new GroovyCompilation(types, types.loader()).compile(List.of(file), TemplateScript.class);
        if (compilation.classes().isEmpty()) {
            compilation.diagnostics().forEach(problems);
            return Optional.empty();
        }
        CompiledSite site = new CompiledSite(
                List.of(source.path()),
                List.of(file.scriptClass()),
                compilation.classes().get());
        cache.keep(key, site);
        return Optional.of(site);
    }
}
