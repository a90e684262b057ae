package dev.converge.language

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
}
