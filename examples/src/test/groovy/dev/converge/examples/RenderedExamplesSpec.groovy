package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.target.CloudInitSchema
import spock.lang.Specification

/** cloud-init takes what is rendered of each example: nothing misspelt, nothing that it no longer has. */
class RenderedExamplesSpec extends Specification {
    def "the render of #example has only keys that cloud-init knows"() {
        when:
        def facts = Repository.path('examples/src/test/resources/facts.json')
        def rendered = Converge.HERE.shell("./converge render cloud-init examples/$example --facts $facts --allow-secrets --lenient --max-size 0")

        then:
        rendered.exit == 0
        rendered.out.startsWith('#cloud-config\n')
        CloudInitSchema.accepts(rendered.out)

        where:
        example << ExamplesSpec.EXAMPLES
    }
}
