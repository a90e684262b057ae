package dev.converge.language

import dev.converge.schema.CatalogJson
import dev.converge.schema.Values
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Words of a body that add elements to a list. */
class WordsSpec extends Specification {
    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
    }

    private List<String> turns(String braces) {
        site.manifest("def s = secret('hush')\nString mine() { 'm' }\ndial('front', 'volume', 7) {\n$braces\n}")
            .catalog().resources()[0].desired().turns()*.toString()
    }

    def "#braces"() {
        expect:
        turns(braces) == elements

        where:
        braces                                               || elements
        "left 'zero'; right 3"                               || ['left to zero', 'right to 3']
        "right 3; left 'zero'; right 2, 4"                   || ['right to 3', 'left to zero', 'right to 8']
        "color 'red'; left 'a'; requires([]); left 'b'"      || ['left to a', 'left to b']
        "set 'start', 'front:zero'"                          || ['set start to front:zero']
        "set('start', 'front:zero')"                         || ['set start to front:zero']
        "turns 'left to x', 'right to 1'; left 'y'"          || ['left to x', 'right to 1', 'left to y']
        "left 'y'; turns(['left to x'])"                     || ['left to y', 'left to x']
        "['a', 'b'].each { left it }"                        || ['left to a', 'left to b']
        "(1..2).each { right it }; if (facts.cpus > 2) { left 'c' }" || ['right to 1', 'right to 2', 'left to c']
        "def left = 'l'; left left"                          || ['left to l']
        "left mine()"                                        || ['left to m']
        "left \"\${facts.hostname}\"; return"                || ['left to web1']
        "left s"                                             || ['left to ********']
        "// nothing"                                         || []
    }

    def "a secret behind a word reaches the element, and no eye"() {
        given:
        def catalog = site.manifest("dial('a', 'b', 1) { left \"x-\${secret('hush')}\" }").catalog()
        def turns = catalog.resources()[0].desired().turns()

        expect:
        turns[0].to().reveal() == 'x-hush'
        Values.isSensitive(turns)
        !CatalogJson.of(catalog, SiteFolder.TYPES).toString().contains('hush')
    }

    def "words are told with their documentation"() {
        expect:
        SiteFolder.TYPES.get('dial').words().collect { [it.shown(), it.doc()] }.take(2) == [
            ["left 'mark'", 'Turns it to the left until it stands at a mark.'],
            ['right marks', 'Turns it to the right, some marks at a time.'],
        ]
    }
}
