package dev.converge.examples

import dev.converge.Converge
import dev.converge.facts.Facts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.schema.TypeRegistry
import dev.converge.target.FirstBootPlan
import dev.converge.target.OutputTargets
import dev.converge.target.RenderOptions
import dev.converge.target.UserDataSize
import java.nio.file.Path

/** Makes user-data of examples, without a process for each. */
final class Renderer {
    private final TypeRegistry types = TypeRegistry.of(Renderer.classLoader)
    private final ManifestCompiler compiler

    /** @param cache where compiled manifests are kept for the next one */
    Renderer(Path cache) {
        compiler = new ManifestCompiler(types, Optional.of(cache))
    }

    /** Of a host with these facts: nothing of the example is left out. */
    String userData(String example, Facts facts) {
        def compiled = compiler.compile(Site.open(Converge.HERE.checkout.resolve("examples/$example")).value().get(), facts)
        assert compiled.value().present : compiled.diagnostics()
        def plan = FirstBootPlan.of(compiled.value().get(), types, facts)
        def made = OutputTargets.of(types, UserDataSize.any()).find('cloud-init').get().render(plan, new RenderOptions(false, true))
        assert made.ok && made.diagnostics().empty : made.diagnostics()
        new String(made.value().get().bytes(), 'UTF-8')
    }
}
