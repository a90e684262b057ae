package dev.converge.examples

import dev.converge.Repository
import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.target.CloudInitSchema
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import tools.jackson.databind.json.JsonMapper

/**
 * cloud-init takes what is rendered of each example, and of each host of the fleet: nothing misspelt, nothing that it no
 * longer has, nothing left out. Whether Debian's own cloud-init says so too: CloudInitParitySpec.
 */
class RenderedExamplesSpec extends Specification {
    static final Facts FACTS = new Facts(new FixedFacts(new JsonMapper().readValue(Repository.text('examples/src/test/resources/facts.json'), Map)))

    @Shared
    @TempDir
    Path cache

    @Shared
    Renderer renderer

    def setupSpec() {
        renderer = new Renderer(cache)
    }

    def "the render of #example has only keys that cloud-init knows"() {
        when:
        def userData = renderer.userData(example, FACTS)

        then:
        userData.startsWith('#cloud-config\n')
        CloudInitSchema.accepts(userData)

        where:
        example << ExamplesSpec.EXAMPLES
    }

    def "so has that of #host (#about.role, #about.system) of the fleet"() {
        expect:
        CloudInitSchema.accepts(renderer.userData('fleet', FleetHosts.facts(host)))

        where:
        [host, about] << FleetHosts.ALL.collect { host, about -> [host, about] }
    }
}
