package dev.converge.watch

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.language.SiteInputs
import dev.converge.model.Catalog
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Watches this machine, in a folder of its own. */
@Timeout(120)
abstract class WatchSpecification extends Specification {
    @TempDir
    Path folder

    TypeRegistry types = TypeRegistry.of(getClass().classLoader)
    DriftWatch watch

    def cleanup() {
        watch?.close()
    }

    Catalog catalog(String manifest) {
        def place = Files.createDirectories(folder.resolve('site'))
        Files.writeString(place.resolve('site.groovy'), manifest)
        def site = Site.open(place).value().get()
        def compiled = new ManifestCompiler(types, Optional.empty()).compile(site, new Facts(new FixedFacts([:])), new SiteInputs())
        assert compiled.isOk() : compiled.diagnostics()
        compiled.value().get()
    }

    DriftWatch open(Path root = Path.of('/'), WatchSettings settings = WatchSettings.USUAL) {
        watch = new DriftWatch(types, new LocalHost(root, new LocalCommands(root), { path -> }), settings)
    }

    /** What moves within a few seconds, until all that is expected has; names alone. */
    Set<String> moved(Set<String> expected) {
        Set<String> seen = []
        long end = System.nanoTime() + Duration.ofSeconds(5).toNanos()
        while (!seen.containsAll(expected) && System.nanoTime() < end) {
            seen.addAll(watch.await(Duration.ofMillis(200)).ids()*.name())
        }
        seen
    }

    /** Waits for the end of what a step of the test has moved. */
    void settle() {
        while (!watch.await(Duration.ofMillis(100)).isEmpty()) { }
    }

    void sh(String script) {
        def process = new ProcessBuilder('sh', '-ec', script).directory(folder.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }
}
