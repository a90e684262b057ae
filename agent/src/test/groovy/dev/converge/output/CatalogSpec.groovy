package dev.converge.output

import dev.converge.Golden
import dev.converge.schema.CatalogDot
import dev.converge.schema.CatalogJson
import dev.converge.schema.JsonText
import java.util.concurrent.TimeUnit
import spock.lang.Requires
import spock.lang.Specification

class CatalogSpec extends Specification {
    private static String json() {
        def bytes = new ByteArrayOutputStream()
        JsonText.write(CatalogJson.of(Samples.ordered(), Samples.TYPES), bytes)
        bytes.toString('UTF-8')
    }

    def "a catalog is the same JSON every time"() {
        expect:
        Golden.matches('catalog.json', json())
        json() == json()
    }

    def "a catalog is a graph"() {
        expect:
        Golden.matches('catalog.dot', CatalogDot.of(Samples.ordered()))
    }

    @Requires({ new File('/usr/bin/dot').canExecute() })
    def "Graphviz draws the graph, names as they are"() {
        given:
        def dot = ['dot', '-Tplain'].execute()

        when:
        dot.outputStream.withWriter('UTF-8') { it << CatalogDot.of(Samples.ordered()) }
        def drawn = dot.inputStream.getText('UTF-8')

        then:
        dot.waitFor(30, TimeUnit.SECONDS)
        dot.exitValue() == 0
        drawn.readLines().count { it.startsWith('node ') } == 3
        drawn.readLines().count { it.startsWith('edge ') } == 3
        drawn.contains('notice[us')
    }

    def "a resource's page tells where it comes from and why it is ordered"() {
        given:
        def catalog = Samples.ordered()
        def page = new ResourcePage(catalog, Samples.TYPES, { Optional.of(Samples.LINES) }, Style.plain())

        expect:
        Golden.matches('resource-page.txt', page.of(catalog.resources().find { it.id().name() == 'conf' }))
    }
}
