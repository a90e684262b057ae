package dev.converge.target

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Catalog
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path

/** A manifest in a folder, and what targets make of it. */
class RenderedSite {
    static final TypeRegistry TYPES = TypeRegistry.of(RenderedSite.classLoader)
    static final Map FACTS = [os: [family: 'debian', name: 'debian', release: '12', codename: 'bookworm'], hostname: 'web1', fqdn: 'web1']

    final Catalog catalog
    final FirstBootPlan plan

    RenderedSite(Path folder, String manifest) {
        Files.createDirectories(folder)
        Files.writeString(folder.resolve('site.groovy'), manifest)
        def facts = new Facts(new FixedFacts(FACTS))
        def compiled = new ManifestCompiler(TYPES, Optional.empty()).compile(Site.open(folder).value().get(), facts)
        assert compiled.value().present: compiled.diagnostics()
        catalog = compiled.value().get()
        plan = FirstBootPlan.of(catalog, TYPES, facts)
    }

    String shell(Map options = [:]) {
        def rendered = render('shell', options)
        assert rendered.value().present: rendered.diagnostics()
        new String(rendered.value().get().bytes(), 'UTF-8')
    }

    def render(String target, Map options = [:]) {
        OutputTargets.of(TYPES).find(target).get().render(plan, new RenderOptions(options.lenient ?: false, options.allowSecrets ?: false))
    }
}
