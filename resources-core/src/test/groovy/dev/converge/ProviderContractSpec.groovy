package dev.converge

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Attribute
import dev.converge.model.Content
import dev.converge.model.Ensure
import dev.converge.model.Resource
import dev.converge.provider.Action
import dev.converge.provider.Inspects
import dev.converge.schema.Difference
import dev.converge.schema.ManifestSource
import dev.converge.schema.TypeRegistry
import dev.converge.schema.Values
import java.nio.file.Files
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

    /** Folders in which an undo must leave nothing but what was there before. */
    Collection<Path> undoable() {
        watched()
    }

    /** Whether an inspection finds the samples; not where that takes more of a host than the spec has. */
    boolean isInspectable() {
        provider() instanceof Inspects
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

    def "what an inspection tells of a #sample is in sync, where the type can be inspected"() {
        given:
        R desired = samples()[sample].call()
        converge(desired)

        expect:
        !(provider() instanceof Inspects) || inspected(desired)

        where:
        sample << samples().keySet()
    }

    private boolean inspected(R desired) {
        String name = declared(desired).id().name()
        def seen = (provider() as Inspects<R>).inspect(name, newHost())
        seen.map { difference(it).empty }.orElse(true) // a parameter that the name does not tell may be needed to find it
    }

    def "the manifest that an inspection prints says what is there"() {
        given:
        R desired = samples().values().first().call()
        converge(desired)

        expect:
        !inspectable || printed(desired)
    }

    private boolean printed(R desired) {
        String name = declared(desired).id().name()
        R seen = (provider() as Inspects<R>).inspect(name, newHost()).get()
        Path folder = Files.createTempDirectory('converge-inspected')
        Path manifest = Files.writeString(folder.resolve('site.groovy'), ManifestSource.present(schema(), name, seen))
        def compiler = new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty())
        def catalog = compiler.compile(Site.open(manifest).value().get(), new Facts(new FixedFacts([:])))
        folder.toFile().deleteDir()
        assert catalog.value().present : catalog.diagnostics()
        difference(catalog.value().get().resources()[0].desired() as R).empty
    }

    def "a creation of a #sample does not tell what was left out"() {
        given:
        R desired = samples()[sample].call()

        expect:
        Difference.between(schema(), declared(desired), Optional.empty()).get().attributes()
            .findAll { it.attribute().shape() in [Attribute.Shape.LIST, Attribute.Shape.MAP] }.every { it.after() != [] && it.after() != [:] }

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

    def "a #sample that was removed comes back by what undoes that, unless nothing does"() {
        given:
        R desired = samples()[sample].call()
        converge(desired)

        when:
        def back = schema().absentable() && undone(desired, Ensure.ABSENT)

        then:
        !back || missing(desired).empty

        where:
        sample << samples().keySet()
    }

    /** Attributes that an undo does not bring back, as the type says. */
    protected Collection<String> lost() {
        []
    }

    /** What an undo has not brought back, for people: a resource that is absent still, and each attribute with before and after. */
    private List<String> missing(R desired) {
        def change = difference(desired)
        def differing = change.map { it.attributes() }.orElse([]).findAll { !lost().contains(it.attribute().name()) }
        change.filter { it.action() != Action.UPDATE }.map { [it.action() as String] }.orElse([]) +
            differing.collect { "${it.attribute().name()}: ${Values.display(it.before())} -> ${Values.display(it.after())}" as String }
    }

    def "a #sample that was made is taken back by what undoes that, with all that came along"() {
        given:
        R desired = samples()[sample].call()
        def before = FolderTree.kinds(undoable())

        expect:
        !schema().absentable() || difference(desired).empty || !undone(desired, Ensure.PRESENT)
            || FolderTree.kinds(undoable()) == before

        where:
        sample << samples().keySet()
    }

    def "a #sample survives the way through its schema"() {
        given:
        R desired = samples()[sample].call()

        expect:
        schema().create(schema().values(desired)) == desired

        where:
        sample << samples().keySet()
    }

    def "a #sample is read back from what is stored of it, unless it names files of a site"() {
        given:
        R desired = samples()[sample].call()

        expect:
        schema().values(desired).any { namesSite(it) } || readBack(desired)

        where:
        sample << samples().keySet()
    }

    private static boolean namesSite(Object value) {
        value instanceof Optional ? value.present && namesSite(value.get())
            : value.getClass().simpleName in ['Source', 'TreeSource', 'RepositoryKey']
    }

    private boolean readBack(R desired) {
        R read = stored(schema(), desired)
        [schema().attributes(), schema().values(read) as List, schema().values(desired) as List].transpose()
            .every { attribute, seen, wanted -> !attribute.isWord() || unhidden(seen) == unhidden(wanted) }
    }

    private static Object unhidden(Object value) {
        def content = value instanceof Optional ? value.orElse(null) : value
        content instanceof Content ? content.bytes().toList() : value
    }

    def "every attribute is documented with a whole thought"() {
        expect:
        schema().summary().size() > 10
        schema().attributes().every { it.doc().size() > 10 }
    }
}
