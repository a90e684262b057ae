package dev.converge.faults

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.schema.TypeRegistry
import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path

/** A process that compiles one version of a manifest after another, as a daemon does, and prints what it holds before and after. */
final class Recompilations {
    private static final int WARM = 30
    private static final int PARTS = 20

    private final types = TypeRegistry.of(Recompilations.classLoader)
    private final Path site
    private final Optional<Path> cache

    private Recompilations(Path site, Optional<Path> cache) {
        this.site = site
        this.cache = cache
    }

    /** @param arguments how often, a folder of its own, and, when there is one, a folder for compiled manifests */
    static void main(String... arguments) {
        int times = arguments[0] as int
        def mine = new Recompilations(Files.createDirectories(Path.of(arguments[1])), arguments.length > 2 ? Optional.of(Path.of(arguments[2])) : Optional.empty())
        WARM.times { mine.compile(it) }
        def before = held()
        times.times { mine.compile(WARM + it) }
        def after = held()
        println before.collect { name, amount -> "$name $amount ${after[name]}" }.join('\n')
        println "peak ${peak()}"
    }

    private void compile(int version) {
        Files.writeString(site.resolve('site.groovy'), (1..PARTS).collect {
            "def names$it = ['a', 'b'].collect { part -> part + '-$it' }\nfor (name in names$it) { notice \"\${name} $version\" }\n"
        }.join())
        def compiled = new ManifestCompiler(types, cache).compile(Site.open(site).value().get(), new Facts(new FixedFacts([:])))
        assert compiled.value().get().resources().size() == PARTS * 2 : compiled.diagnostics()
    }

    /** What is in use once all that can be collected is: several collections, since one finds what the one before has let go. */
    private static Map<String, Long> held() {
        4.times { System.gc() }
        [
            classes: ManagementFactory.classLoadingMXBean.loadedClassCount as long,
            metaspace: ManagementFactory.memoryPoolMXBeans.find { it.name == 'Metaspace' }.usage.used,
            heap: ManagementFactory.memoryMXBean.heapMemoryUsage.used,
        ]
    }

    /** The most that the process has had in memory, in KiB: proc(5). */
    private static long peak() {
        (Files.readString(Path.of('/proc/self/status')) =~ /VmHWM:\s+(\d+) kB/)[0][1] as long
    }
}
