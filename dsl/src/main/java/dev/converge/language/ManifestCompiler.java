package dev.converge.language;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.schema.AutomaticEdges;
import dev.converge.schema.TypeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From a site and the facts of a host to its catalog: the same input gives the same catalog. */
public final class ManifestCompiler {
    /** Ten thousand resources take well under a second; what takes longer than this does not end. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    private final TypeRegistry types;
    private final CompileCache cache;
    private final Duration limit;

    /**
     * @param types the resource types that manifests may use
     * @param cache a folder for compiled manifests; nothing is kept when empty
     */
    public ManifestCompiler(TypeRegistry types, Optional<Path> cache) {
        this(types, cache, TIME_LIMIT);
    }

    /** @param limit how long the manifests of one site may run */
    public ManifestCompiler(TypeRegistry types, Optional<Path> cache, Duration limit) {
        this.types = types;
        this.cache = new CompileCache(cache);
        this.limit = limit;
    }

    /** Compiles, checks and runs the site's manifests. */
    public Checked<Catalog> compile(Site site, Facts facts) {
        Checked<CompiledSite> compiled = classes(site);
        if (compiled.value().isEmpty()) {
            return Checked.failed(compiled.diagnostics());
        }
        Manifests manifests = new Manifests(compiled.value().get(), loader());
        Evaluation evaluation = new Evaluation(
                types,
                facts,
                new FilesFolder(site.root(), "files"),
                new SiteTemplates(new FilesFolder(site.root(), "templates"), types, cache),
                manifests);
        new ManifestRun(manifests, evaluation, limit).run(site.manifest().toString());
        return catalog(evaluation, compiled.diagnostics());
    }

    private Checked<Catalog> catalog(Evaluation evaluation, List<Diagnostic> warnings) {
        List<Edge> written = OrderResolution.resolve(evaluation);
        List<Diagnostic> diagnostics = new ArrayList<>(warnings);
        diagnostics.addAll(evaluation.diagnostics());
        List<Declared<?>> declared = evaluation.declared();
        Checked<Catalog> catalog = Catalog.of(
                declared,
                written,
                AutomaticEdges.of(declared, types),
                evaluation.vault().secrets());
        diagnostics.addAll(catalog.diagnostics());
        return diagnostics.stream().anyMatch(Diagnostic::isError)
                ? Checked.failed(diagnostics)
                : Checked.of(catalog.value().orElseThrow(), diagnostics);
    }

    private Checked<CompiledSite> classes(Site site) {
        Checked<List<SourceFile>> read = SiteSources.read(site);
        if (read.value().isEmpty()) {
            return Checked.failed(read.diagnostics());
        }
        List<SourceFile> sources = read.value().get();
        String key = key(sources);
        Optional<CompiledSite> cached = cache.find(key);
        if (cached.isPresent()) {
            return Checked.of(cached.get());
        }
        Checked<Map<String, byte[]>> compiled =
                new GroovyCompilation(types, loader()).compile(sources, ManifestScript.class);
        if (compiled.value().isEmpty()) {
            return Checked.failed(compiled.diagnostics());
        }
        CompiledSite fresh = new CompiledSite(
                sources.stream().map(SourceFile::path).toList(),
                sources.stream().map(SourceFile::scriptClass).toList(),
                compiled.value().get());
        cache.keep(key, fresh);
        return Checked.of(fresh, compiled.diagnostics());
    }

    private String key(List<SourceFile> sources) {
        List<String> parts = new ArrayList<>(Build.identity(types));
        for (SourceFile source : sources) {
            parts.add(source.path());
            parts.add(source.text());
        }
        return CompileCache.key(parts);
    }

    private static ClassLoader loader() {
        return ManifestCompiler.class.getClassLoader();
    }
}
