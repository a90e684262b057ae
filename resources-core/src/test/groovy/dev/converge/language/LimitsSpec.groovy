package dev.converge.language

import dev.converge.diagnostic.Code
import dev.converge.facts.FactSource
import dev.converge.facts.Facts
import java.nio.file.Path
import java.time.Duration
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import spock.lang.Specification
import spock.lang.TempDir

/** Manifests that are long, large or without end. */
class LimitsSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "a run that does not end is ended: #text"() {
        given:
        site.limit = Duration.ofMillis(300)

        when:
        def codes = site.manifest(text).codes()

        then:
        codes == [Code.TIME_LIMIT]

        where:
        text << [
            'while (true) { }',
            'while (true) { try { while (true) { } } catch (Exception e) { } }',
            'for (;;) { }',
            'do { } while (true)',
            '(1..2000000000).each { def x = it }',
            '2000000000.times { }',
            'def f = { -> 1 }\nwhile (true) { f() }',
            'class Looping { static void run() { while (true) { } } }\nLooping.run()',
            'class Looping extends Composite { void declare() { while (true) { } } }\ninclude(Looping)',
        ]
    }

    def "what needs more than there is ends with a diagnostic: #text"() {
        expect:
        site.manifest(text).codes() == [Code.RUNTIME_ERROR]

        where:
        text << [
            'void again(int i) { again(i + 1) }\nagain(0)',
            'def f\nf = { int i -> i }\nint deep(int i) { 1 + deep(i) }\nf(deep(1))',
            'int[] many = new int[2000000000]',
            '([0] * 2000000000).size()',
        ]
    }

    def "10,000 declarations written out are compiled"() {
        given:
        def text = new StringBuilder()
        10_000.times { text << (it % 10 == 0 ? "notice('n$it') { message 'm' }\n" : "notice 'n$it'\n") }

        expect:
        site.manifest(text).ids().size() == 10_000
    }

    def "2,000 declarations with variables between them are compiled"() {
        given:
        def text = new StringBuilder()
        2_000.times { text << (it % 10 == 0 ? "def v$it = 'x$it'\n" : "notice(\"n$it-\${v${it - it % 10}}\") { message v${it - it % 10} }\n") }

        expect:
        site.manifest(text).ids().size() == 1_800
    }

    def "what does not fit a class file is said: #what"() {
        given:
        site.manifest(text.call())

        expect:
        site.codes() == [Code.TOO_LARGE]

        where:
        what                     | text
        'a closure'              | { "['a'].each {\n" + (1..6000).collect { "notice \"n$it-\${it}\"" }.join('\n') + '\n}' }
        'a literal of 70,000'    | { "notice '${'x' * 70_000}'" }
    }

    def "10,000 files of a loop are declared"() {
        given:
        site.manifest("(1..10000).each { i -> widget(\"w\$i\") { color 'red'; size i; mode '0644'; parts 'a', 'b' } }")

        expect:
        site.catalog().resources().size() == 10_000
    }

    def "constants that name each other are told where they stand: #text"() {
        expect:
        site.manifest(text).problems() == places

        where:
        text                                                                                        | places
        'class A { static final X = B.Y }\nclass B { static final Y = A.X }'                         | ['cycle site.groovy:1:11']
        'class A { static final X = A.X }'                                                          | ['cycle site.groovy:1:11']
        'class A { static final X = X }'                                                            | ['cycle site.groovy:1:11']
        'class A { static final int X = B.Y + 1 }\nclass B { static final int Y = A.X + 1 }'         | ['cycle site.groovy:1:11']
        'class A { static final X = B.Y }\nclass B { static final Y = C.Z }\nclass C { static final Z = A.X }' | ['cycle site.groovy:1:11']
        'class A { static final Y = "${B.X}"; static final X = 1 }\nclass B { static final X = A.Y }' | ['cycle site.groovy:1:11']
    }

    def "constants that name others, and no circle, are as good as any"() {
        expect:
        site.manifest("""\
            class A { static final X = B.Y; static final String Z = 'z' }
            class B { static final Y = A.Z; static final List<String> L = [A.Z, A.Z] }
            class C { static final F = { -> C.F } }
            notice "\${A.X}"
            notice B.L[1] + '2'
            """.stripIndent()).ids() == ['notice[z]', 'notice[z2]']
    }

    def "a run that waits for others is not ended as one that does not end"() {
        given:
        def slow = new FactSource() {
            Optional<Object> fact(String path) {
                new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS)
                Optional.of((Object) 'late')
            }

            Map<String, Object> all() { [:] }
        }
        site.manifest('notice "${facts[\'anything\']}"')
        new ManifestCompiler(SiteFolder.TYPES, Optional.empty()).compile(Site.open(folder).value().get(), new Facts(slow))

        when:
        def compiled = new ManifestCompiler(SiteFolder.TYPES, Optional.empty(), Duration.ofMillis(200))
            .compile(Site.open(folder).value().get(), new Facts(slow))

        then:
        compiled.diagnostics().empty
        compiled.value().get().resources()*.id()*.name() == ['late']
    }
}
