package dev.converge.language

import dev.converge.diagnostic.Checked
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.diagnostic.DiagnosticPrinter
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.model.Catalog
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration

/** A site in a folder of the test's own, compiled for a host that is always the same. */
class SiteFolder {
    static final TypeRegistry TYPES = TypeRegistry.of(SiteFolder.classLoader)

    static final Map<String, Object> FACTS = [
        hostname: 'web1',
        fqdn: 'web1.example.com',
        cpus: 4,
        memory: 8L << 30,
        os: [family: 'debian', name: 'debian', release: '12'],
        role: 'shop',
    ]

    final Path root
    Optional<Path> cache = Optional.empty()
    Duration limit = Duration.ofSeconds(20)

    SiteFolder(Path root) {
        this.root = root
    }

    /** Writes a file of the site; text as UTF-8. */
    SiteFolder write(String path, Object content) {
        def file = root.resolve(path)
        Files.createDirectories(file.parent)
        Files.write(file, content instanceof byte[] ? content : content.toString().getBytes('UTF-8'))
        this
    }

    SiteFolder manifest(Object text) {
        write('site.groovy', text)
    }

    Checked<Catalog> compile() {
        def site = Site.open(root).value().get()
        new ManifestCompiler(TYPES, cache, limit).compile(site, new Facts(new FixedFacts(FACTS)))
    }

    /** The catalog of a site that has nothing wrong. */
    Catalog catalog() {
        def compiled = compile()
        assert compiled.diagnostics().empty : print(compiled.diagnostics())
        compiled.value().get()
    }

    /** The ids of what the site declares, in the order of the catalog. */
    List<String> ids() {
        catalog().resources().collect { it.id().toString() }
    }

    /** The written edges as {@code a -> b}, with a star for those that notify. */
    Set<String> edges() {
        catalog().edges().collect { "${it.from()} -> ${it.to()}${it.kind().name() == 'NOTIFY' ? ' *' : ''}".toString() } as Set
    }

    List<Diagnostic> diagnostics() {
        compile().diagnostics()
    }

    /** What is wrong, each as {@code code file:line:column}. */
    List<String> problems() {
        diagnostics().collect { "${it.code().label()} ${it.at().map { at -> at.toString() }.orElse('-')}".toString() }
    }

    List<Code> codes() {
        diagnostics()*.code()
    }

    String print(List<Diagnostic> diagnostics) {
        def site = Site.open(root).value().get()
        new DiagnosticPrinter({ String file -> site.lines(file) }, false).print(diagnostics)
    }
}
