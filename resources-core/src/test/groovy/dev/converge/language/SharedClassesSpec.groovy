package dev.converge.language

import dev.converge.diagnostic.Code
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.module.SiteModules
import dev.converge.schema.CatalogJson
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.Callable
import java.util.concurrent.Executors
import spock.lang.Specification
import spock.lang.TempDir

/** A process that compiles for many hosts loads a site's classes once, unless one host could then notice another. */
class SharedClassesSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site
    ManifestCompiler compiler

    def setup() {
        site = new SiteFolder(folder)
        compiler = compilerOfItsOwn()
    }

    private static ManifestCompiler compilerOfItsOwn() {
        new ManifestCompiler(SiteFolder.TYPES, Optional.empty(), Duration.ofSeconds(20))
    }

    private String catalog(ManifestCompiler by, String host) {
        def facts = new Facts(new FixedFacts(SiteFolder.FACTS + [hostname: host]))
        def compiled = by.compile(Site.open(folder).value().get(), facts)
        assert compiled.diagnostics().empty : site.print(compiled.diagnostics())
        CatalogJson.of(compiled.value().get(), SiteFolder.TYPES).toString()
    }

    def "classes with #statics are shared: #shared"() {
        given:
        def parts = text.split('---')
        parts.eachWithIndex { part, i -> site.write("lib/Part${i}.groovy", part) }
        site.manifest("notice 'a'")
        def sources = SiteSources.read(Site.open(folder).value().get(), SiteModules.NONE).value().get()
        def compiled = new GroovyCompilation(SiteFolder.TYPES, SiteFolder.TYPES.loader()).compile(sources, ManifestScript)
        assert compiled.classes().present : site.print(compiled.diagnostics())

        expect:
        SharedClasses.of(new CompiledSite(sources*.path(), sources*.scriptClass(), compiled.classes().get()), SiteFolder.TYPES.loader()).present == shared

        where:
        statics                       | text                                                                                || shared
        'none'                        | 'class A { int n = 1 }'                                                             || true
        'closures'                    | 'class A { List<Integer> all() { [1].collect { it + 1 } } }'                         || true
        'constants'                   | 'class A { static final int N = 1; static final String S = "a"; static final X = ~/a/ }' || true
        'large constants'             | 'class A { static final long N = 12345678901L; static final BigDecimal D = 1.5; long n() { N + 5L } }' || true
        'a constant list'             | 'class A { static final List<String> ALL = ["a"] }'                                 || true
        'constants in constants'      | 'class A { static final Map<String, List<String>> ALL = [a: ["b"]] }'               || true
        'an enum'                     | 'enum Level { LOW, HIGH }'                                                          || true
        'an enum with values'         | 'enum Level { LOW(1), HIGH(2)\nfinal int n\nLevel(int n) { this.n = n } }'          || true
        'a counter'                   | 'class A { static int count = 0 }'                                                  || false
        'a counter in an enum'        | 'enum Level { LOW, HIGH\nint count = 0 }'                                           || false
        'a list that grows'           | 'class A { static List<String> all = [] }'                                          || false
        'a constant that can change'  | 'class B { int n }\n---class A { static final List<Object> ALL = [new B()] }'        || false
        'a closure'                   | 'class A { static final Closure<Integer> F = { 1 } }'                               || false
        'a constant of another class'  | 'class A { static final String X = B.make() }\n---class B { static String make() { "b" } }' || false
    }

    def "each host has the catalog that it has in a process of its own, whoever came before it: #manifest"() {
        given:
        site.write('lib/Counter.groovy', 'class Counter { static int count = 0\nstatic int next() { ++count } }')
        site.write('lib/Names.groovy', 'class Names { static final List<String> ALL = ["b", "a"]\nstatic final Map<String, List<Integer>> PORTS = [web: [80]] }')
        site.manifest(manifest)

        expect:
        ['a', 'b', 'a', 'c'].every { host -> catalog(compiler, host) == catalog(compilerOfItsOwn(), host) }

        where:
        manifest << [
            'notice("${facts.hostname} ${Counter.next()} ${Counter.next()}")',
            'Names.ALL.each { notice("$it ${facts.hostname}") }',
            'notice("${Names.PORTS["web"]} ${facts.hostname}")',
            'def seen = []\nseen << facts.hostname\nnotice(seen.join(","))',
        ]
    }

    def "two threads that compile the same site get what one gets"() {
        given:
        site.write('lib/Box.groovy', '''
            class Box extends Composite {
                static final List<String> SIDES = ['left', 'right']
                int size = 1
                void declare() { SIDES.each { side -> file("/${name}/${side}") { content template('t', size: size, host: facts.hostname) } } }
            }
        '''.stripIndent())
        site.write('templates/t', '$host $size\n')
        site.manifest('(1..5).each { n -> include(Box, "b$n") { size n } }')
        def alone = (0..<20).collect { catalog(compilerOfItsOwn(), "h${it % 4}") }
        def pool = Executors.newFixedThreadPool(2)

        expect:
        pool.invokeAll((0..<20).collect { n -> { -> catalog(compiler, "h${n % 4}") } as Callable })*.get() == alone

        cleanup:
        pool.shutdownNow()
    }

    def "what is static final cannot be changed, and who tries is told: #change"() {
        given:
        site.write('lib/Names.groovy', 'class Names { static final List<String> ALL = ["b", "a"]\nstatic final Map<String, List<Integer>> PORTS = [web: [80]] }')

        expect:
        site.manifest(change).codes() == [Code.RUNTIME_ERROR]
        site.diagnostics()[0].detail().startsWith('This list, set or map cannot be changed')

        where:
        change << ["Names.ALL << 'c'", 'Names.ALL.sort()', "Names.PORTS['web'] << 81"]
    }

    def "an edited site is another one"() {
        expect:
        ['one', 'two', 'two', 'one'].every { text ->
            site.write('templates/t', text)
            site.manifest("notice('$text ' + template('t'))")
            catalog(compiler, 'a').contains("$text $text")
        }
    }
}
