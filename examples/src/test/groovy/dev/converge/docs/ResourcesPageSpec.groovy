package dev.converge.docs

import dev.converge.Repository
import dev.converge.schema.TypeRegistry
import spock.lang.Specification

/** The reference of resource types is what the types say of themselves. */
class ResourcesPageSpec extends Specification {
    def "docs/resources.md is up to date"() {
        expect:
        Repository.holds('docs/resources.md', new ResourcesPage(TypeRegistry.of(ResourcesPage.classLoader)).text())
    }
}
