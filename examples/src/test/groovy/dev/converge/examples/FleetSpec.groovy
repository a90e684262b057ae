package dev.converge.examples

import dev.converge.Repository
import dev.converge.facts.Facts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Catalog
import dev.converge.schema.TypeRegistry
import java.lang.management.ManagementFactory
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** The fleet compiles for each of its hosts, and for many of them fast. */
class FleetSpec extends Specification {
    /** How many hosts the figures are for, and how long one may take at most, on a machine with other work; the aim is 5 ms. */
    static final int MANY = Integer.getInteger("converge.fleet", 200)
    static final double MOST_CPU_MS = 60

    @Shared
    @TempDir
    Path cache

    @Shared
    ManifestCompiler compiler

    def setupSpec() {
        compiler = new ManifestCompiler(TypeRegistry.of(FleetSpec.classLoader), Optional.of(cache))
    }

    private Catalog catalog(Facts facts) {
        def compiled = compiler.compile(Site.open(Repository.path('examples/fleet')).value().get(), facts)
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private static List<String> ids(Catalog catalog) {
        catalog.resources()*.id()*.toString()
    }

    def "#host (#about.role, #about.system) compiles"() {
        expect:
        ids(catalog(FleetHosts.facts(host))).containsAll(['user[alice]', 'user[bob]', 'hostsEntry[db-01.example.com]', 'file[/etc/ssh/sshd_config.d/00-converge.conf]'])

        where:
        [host, about] << FleetHosts.ALL.collect { host, about -> [host, about] }
    }

    def "a value of one host counts more than one for all: #host listens on #port"() {
        expect:
        content(host, 'file[/etc/nginx/sites-enabled/shop]').contains("listen $port;")

        where:
        host     | port
        'web-01' | 8443
        'web-02' | 8080
    }

    private String content(String host, String id) {
        catalog(FleetHosts.facts(host)).resources().find { it.id().toString() == id }.desired().content().get().open().text
    }

    def "many hosts are compiled in one warm process, in the time that docs/benchmarks.md says"() {
        given:
        def hosts = FleetHosts.ALL.keySet() as List
        def compileAll = { int count -> (0..<count).sum { catalog(FleetHosts.facts(hosts[it % hosts.size()])).resources().size() } }
        compileAll(MANY)

        when:
        long cpu = cpuNanos()
        long start = System.nanoTime()
        def resources = compileAll(MANY)
        double wallMs = (System.nanoTime() - start) / 1e6
        double cpuMs = (cpuNanos() - cpu) / 1e6
        record(resources, wallMs, cpuMs)

        then:
        cpuMs / MANY < MOST_CPU_MS
    }

    private static long cpuNanos() {
        ManagementFactory.operatingSystemMXBean.processCpuTime
    }

    /** A row for docs/benchmarks.md. */
    private static void record(int resources, double wallMs, double cpuMs) {
        System.gc()
        def heap = ManagementFactory.memoryMXBean.heapMemoryUsage.used >> 20
        def row = String.format(Locale.ROOT, '| %d | %d | %.1f | %.1f | %.0f | %d |', MANY, resources, wallMs / 1000, cpuMs / 1000, MANY / wallMs * 1000, heap)
        Repository.path('examples/target/fleet.md').toFile() << row + '\n'
    }
}
