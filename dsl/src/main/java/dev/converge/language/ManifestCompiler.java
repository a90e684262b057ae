package dev.converge.language;

import dev.converge.data.Data;
import dev.converge.data.Outside;
import dev.converge.data.ParsedDocuments;
import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.facts.Facts;
import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.module.SiteModules;
import dev.converge.schema.AutomaticEdges;
import dev.converge.schema.Contradictions;
import dev.converge.schema.Overlaps;
import dev.converge.schema.TypeRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a site and the facts of a host to its catalog: the same input gives the same catalog. */
public final class ManifestCompiler {
    /** Ten thousand resources take well under a second; what takes longer than this does not end. */
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

    /** A server has one site, and another while a commit arrives; the tests of a module have some more. */
    private static final int SITES = 8;

    private final TypeRegistry types;
    private final CompileCache cache;
    private final Duration limit;
    private final ParsedDocuments documents = new ParsedDocuments();
    private final LoadedSites loaded;
    private final List<String> build;
    private final TemplateClasses templates;
    private final Outside outside;

    /**
     * @param types the resource types that manifests may use
     * @param cache a folder for compiled manifests; nothing is kept when empty
     */
    public ManifestCompiler(TypeRegistry types, Optional<Path> cache) {
        this(types, cache, TIME_LIMIT, Outside.NONE);
    }

    /** @param limit how long the manifests of one site may run */
    public ManifestCompiler(TypeRegistry types, Optional<Path> cache, Duration limit) {
        this(types, cache, limit, Outside.NONE);
    }

    private ManifestCompiler(TypeRegistry types, Optional<Path> cache, Duration limit, Outside outside) {
        this.types = types;
        this.cache = new CompileCache(cache);
        this.loaded = new LoadedSites(types.loader(), SITES);
        this.build = Build.identity(types);
        this.templates = new TemplateClasses(types, this.cache, build);
        this.limit = limit;
        this.outside = outside;
    }

    /**
     * One whose sites may have levels of data that are no files.
     *
     * @param outside the programs and servers that they may ask
     */
    public static ManifestCompiler asking(Outside outside, TypeRegistry types, Optional<Path> cache) {
        return new ManifestCompiler(types, cache, TIME_LIMIT, outside);
    }

    /**
     * The same with another limit.
     *
     * @param limit how long the manifests of one site may run
     */
    public static ManifestCompiler asking(Outside outside, TypeRegistry types, Optional<Path> cache, Duration limit) {
        return new ManifestCompiler(types, cache, limit, outside);
    }

    /** Compiles, checks and runs the site's manifests. */
    public Checked<Catalog> compile(Site site, Facts facts) {
        return compile(site, facts, new SiteInputs());
    }

    /**
     * Compiles, checks and runs the site's manifests.
     *
     * @param inputs is told what of the site goes into the catalog
     */
    public Checked<Catalog> compile(Site site, Facts facts, SiteInputs inputs) {
        if (site.modules().value().isEmpty()) {
            return Checked.failed(InOrder.of(site.modules().diagnostics()));
        }
        SiteModules modules = site.modules().value().get();
        Checked<List<SourceFile>> read = SiteSources.read(site, modules);
        if (read.value().isEmpty()) {
            return Checked.failed(read.diagnostics());
        }
        modules.inputs().forEach(inputs::read);
        read.value().get().forEach(source -> inputs.read(source.input(), source.text()));
        List<Diagnostic> noted = new ArrayList<>(site.modules().diagnostics());
        String key = key(read.value().get());
        inputs.compiledAs(key);
        Optional<LoadedSites.Loaded> compiled = classes(key, read.value().get(), noted);
        Checked<Data> data = SiteData.open(site, facts, inputs, documents, outside);
        noted.addAll(data.diagnostics());
        if (compiled.isEmpty() || !data.isOk()) {
            return Checked.failed(noted);
        }
        Manifests manifests =
                new Manifests(compiled.get().site(), compiled.get().loader());
        Evaluation evaluation = new Evaluation(
                types,
                facts,
                data.value().orElseThrow(),
                new FilesFolder(site, "files", modules, inputs),
                new SiteTemplates(new FilesFolder(site, "templates", modules, inputs), templates),
                manifests);
        boolean finished = new ManifestRun(manifests, evaluation, limit)
                .run(site.manifest().toString());
        if (!modules.isEmpty()) {
            noted.addAll(new UnsupportedModules(facts, read.value().get())
                    .warnings(modules.all(), evaluation.composites().firstUses()));
        }
        if (!finished) {
            noted.addAll(evaluation.diagnostics());
            return Checked.failed(InOrder.of(noted));
        }
        if (!evaluation.data().isEmpty()) {
            Set<String> classes = compiled.get().site().classes().keySet();
            UsedKeys used = new UsedKeys(
                    evaluation.lookups().asked(), classes, read.value().get());
            evaluation.parameters().warn(used);
        }
        noted.addAll(evaluation.data().foreign());
        return catalog(evaluation, new CatalogPlaces(modules), noted);
    }

    /** Whether the cache has what the manifests of a site compile to. */
    public boolean isCompiled(Site site) {
        Optional<SiteModules> modules = site.modules().value();
        return modules.flatMap(known -> SiteSources.read(site, known).value())
                .flatMap(sources -> cache.find(key(sources)))
                .isPresent();
    }

    private Checked<Catalog> catalog(Evaluation evaluation, CatalogPlaces places, List<Diagnostic> noted) {
        List<Edge> written = OrderResolution.resolve(evaluation);
        List<Declared<?>> declared = evaluation.declared();
        Contradictions.of(declared, types).forEach(evaluation::report);
        Overlaps.of(declared).forEach(evaluation::report);
        evaluation.policies().judge(declared);
        List<Diagnostic> diagnostics = new ArrayList<>(noted);
        diagnostics.addAll(evaluation.diagnostics());
        Checked<Catalog> catalog = Catalog.of(
                places.of(declared),
                places.ofEdges(written),
                AutomaticEdges.of(declared, types),
                evaluation.vault().secrets());
        diagnostics.addAll(catalog.diagnostics());
        return diagnostics.stream().anyMatch(Diagnostic::isError)
                ? Checked.failed(InOrder.of(diagnostics))
                : Checked.of(catalog.value().orElseThrow(), diagnostics);
    }

    /** The compiled site; what is wrong with it is added to {@code noted}. */
    private Optional<LoadedSites.Loaded> classes(String key, List<SourceFile> sources, List<Diagnostic> noted) {
        Optional<LoadedSites.Loaded> known = loaded.find(key);
        if (known.isPresent()) {
            return known;
        }
        Optional<CompiledSite> cached = cache.find(key);
        if (cached.isPresent()) {
            return Optional.of(loaded.keep(key, cached.get()));
        }
        GroovyCompilation.Outcome compiled =
                new GroovyCompilation(types, types.loader()).compile(sources, ManifestScript.class);
        noted.addAll(compiled.diagnostics());
        if (compiled.classes().isEmpty()) {
            return Optional.empty();
        }
        CompiledSite fresh = new CompiledSite(
                sources.stream().map(SourceFile::path).toList(),
                sources.stream().map(SourceFile::scriptClass).toList(),
                compiled.classes().get());
        if (!compiled.diagnostics().isEmpty()) {
            return Optional.of(loaded.once(fresh));
        }
        cache.keep(key, fresh);
        return Optional.of(loaded.keep(key, fresh));
    }

    private String key(List<SourceFile> sources) {
        List<String> parts = new ArrayList<>(build);
        for (SourceFile source : sources) {
            parts.add(source.path());
            parts.add(source.text());
        }
        return CompileCache.key(parts);
    }
}
