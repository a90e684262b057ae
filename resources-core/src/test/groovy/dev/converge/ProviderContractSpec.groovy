package dev.converge

import dev.converge.model.Ensure
import dev.converge.model.Resource
import java.nio.file.Path

/**
 * What every resource type promises, proved for the samples that its own spec declares. A spec inherits it, says which
 * schema, host and samples it is about, and cleans up what its samples leave on the host.
 */
abstract class ProviderContractSpec<R extends Resource> extends ResourceSpecification<R> {
    /** Resources that a host can be converged to, each by a name that reads well in a test's name; made when needed. */
    abstract Map<String, Closure<R>> samples()

    /** Folders in which an observation or a check must not leave a trace. */
    Collection<Path> watched() {
        def root = newHost().root()
        root.nameCount == 0 ? [] : [root]
    }

    def "a #sample is in sync once it was applied"() {
        given:
        R desired = samples()[sample].call()

        when:
        converge(desired)

        then:
        difference(desired).empty

        where:
        sample << samples().keySet()
    }

    def "looking at a #sample and checking its change writes nothing"() {
        given:
        R desired = samples()[sample].call()
        def before = FolderTree.of(watched())

        when:
        difference(desired).ifPresent { provider().check(it, newHost()) }

        then:
        FolderTree.of(watched()) == before

        when:
        converge(desired)
        def after = FolderTree.of(watched())
        difference(desired)

        then:
        FolderTree.of(watched()) == after

        where:
        sample << samples().keySet()
    }

    def "a #sample that was removed is absent, where the type can be absent"() {
        given:
        R desired = samples()[sample].call()
        converge(desired)

        when:
        def gone = schema().absentable() ? removed(desired) : !schema().ensureAliases().any { it.ensure() == Ensure.ABSENT }

        then:
        gone

        where:
        sample << samples().keySet()
    }

    private boolean removed(R desired) {
        converge(desired, Ensure.ABSENT)
        difference(desired, Ensure.ABSENT).empty && provider().observe(desired, newHost()).empty
    }

    def "a #sample survives the way through its schema"() {
        given:
        R desired = samples()[sample].call()

        expect:
        schema().create(schema().values(desired)) == desired

        where:
        sample << samples().keySet()
    }

    def "every attribute is documented with a whole thought"() {
        expect:
        schema().summary().size() > 10
        schema().attributes().every { it.doc().size() > 10 }
    }
}
