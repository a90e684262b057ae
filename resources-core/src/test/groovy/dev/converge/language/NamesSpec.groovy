package dev.converge.language

import dev.converge.diagnostic.Code
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Names: those of several arguments, those with several spellings, and words that Groovy knows too. */
class NamesSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    def "#text declares #name at #position"() {
        given:
        def dial = site.manifest(text).catalog().resources()[0]

        expect:
        dial.id().toString() == "dial[$name]"
        dial.desired().position() == position

        where:
        text                                                             || name            | position
        "dial('front', 'volume') { position 7 }"                         || 'front:volume'  | 7
        "dial('front', 'volume', 7)"                                     || 'front:volume'  | 7
        "dial 'front', 'volume', 7"                                      || 'front:volume'  | 7
        "dial('front', 'volume', 7) { color 'red' }"                     || 'front:volume'  | 7
        "dial('front', 'volume', facts.cpus) { color 'red'; return }"    || 'front:volume'  | 4
        "def d = dial('front', 'volume', 7) { color 'red' }"             || 'front:volume'  | 7
        "def p = 'front'; dial(\"\$p\", p + 1, 7)"                       || 'front:front1'  | 7
        "dial('front', 'a:b', 7)"                                        || 'front:a:b'     | 7
        "dial('front:volume') { position 7 }"                            || 'front:volume'  | 7
        "dial(' front ', 'volume', 7)"                                   || 'front:volume'  | 7
        "['volume'].each { dial('front', it, 7) }"                       || 'front:volume'  | 7
        "['volume'].each { dial -> dial('front', dial, 7) { color dial } }" || 'front:volume' | 7
        "['volume'].each { dial -> dial('front', dial) { position 7 } }" || 'front:volume'  | 7
    }

    def "a name of several arguments is referred to by its text, or as a variable: #reference"() {
        expect:
        site.manifest("def v = dial('front', 'volume', 7)\nnotice('n') { requires $reference }").edges() ==
            ['dial[front:volume] -> notice[n]'] as Set

        where:
        reference << ['v', "dial['front:volume']", "dial[' front:volume']"]
    }

    def "two spellings of one name are one resource: #first, #second"() {
        expect:
        site.manifest("$first\n$second").problems() == ['duplicate-resource site.groovy:2:1']

        where:
        first                        | second
        "file('/etc/x')"             | "file('/etc//x')"
        "file('/etc/x')"             | "file('/etc/x/')"
        "dial('front', 'volume', 1)" | "dial(' front', 'volume', 2)"
    }

    def "a reference may spell a name in its own way: #reference"() {
        expect:
        site.manifest("directory('/srv/a')\nnotice('n') { requires $reference }").edges() ==
            ['directory[/srv/a] -> notice[n]'] as Set

        where:
        reference << ["directory['/srv/a']", "directory['/srv/a/']", "directory['/srv//a']"]
    }

    def "an automatic order finds what is declared under another spelling"() {
        expect:
        site.manifest("dial('front', 'volume', 1)\nknob('k') { turns ' front:volume' }").edges() ==
            ['dial[front:volume] -> knob[k]'] as Set
    }

    def "\"#word\" is a word of a type, whatever Groovy has under that name"() {
        expect:
        site.manifest("""
            knob('a') { $word 'x', 'y' }
            knob('c') { $word('z'); return }
            ['u'].each { $word -> knob("d-\$$word") { $word $word } }
            def $word = 'z'
            knob('b') { $word $word }
            knob(['e', 'f']) { $word(['x', 'y']) }
        """).catalog().resources().collectEntries { [it.id().name(), it.desired()."$word"()] } ==
            [a: ['x', 'y'], b: ['z'], c: ['z'], 'd-u': ['u'], e: ['x', 'y'], f: ['x', 'y']]

        where:
        word << ['get', 'set', 'test', 'with', 'each', 'print', 'find', 'size', 'use', 'sleep', 'line', 'mount', 'command']
    }

    def "\"#type\" declares a resource, and a variable may be called so"() {
        given:
        def schema = SiteFolder.TYPES.get(type)
        def required = schema.attributes().any { it.required }
        def body = required ? "{ ensure 'absent' }" : '{ }'

        expect:
        site.manifest("$type($name) $body\nnotice('m') { requires ${type}[$name] }\ndef $type = $name\nnotice(\"n-\$$type\")")
            .codes().every { it in [Code.BAD_VALUE, Code.UNKNOWN_REFERENCE, Code.CONFLICTING_ATTRIBUTES] }

        where:
        type << SiteFolder.TYPES.names().findAll { SiteFolder.TYPES.get(it).absentable() && !SiteFolder.TYPES.get(it).nameParts() }
        name = SiteFolder.TYPES.get(type).idAttribute().valueType() == Path ? "'/srv/x'" : "'x'"
    }

    def "#call, without the module, is told where it is"() {
        expect:
        site.manifest(call).diagnostics()[0].suggestion().get() ==
            'NginxSite is in the module nginx, which ships with Converge. List it in converge.modules.yaml, below modules: write nginx:'

        where:
        call << ["include(NginxSite) { }", "include(NginxSite, 'shop')", "nginxSite('shop') { }", "NginxSite a = null"]
    }

    def "a composite that is written like a resource is told to be included"() {
        given:
        site.write('WebSite.groovy', 'class WebSite extends Composite { int port = 1; void declare() { } }')

        expect:
        site.manifest("webSite('shop') { }").diagnostics()[0].suggestion().get() == 'Write: include(WebSite) { … }'
    }
}
