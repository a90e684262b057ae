package dev.converge

import dev.converge.diagnostic.SourceRange
import dev.converge.filesystem.FileContent
import dev.converge.model.Attribute
import dev.converge.model.Content
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Policy
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import dev.converge.model.SiteFiles
import dev.converge.provider.Change
import dev.converge.provider.Host
import dev.converge.provider.Provider
import dev.converge.provider.Recovers
import dev.converge.provider.Undo
import dev.converge.schema.Difference
import dev.converge.schema.Inverse
import dev.converge.schema.JsonText
import dev.converge.schema.JsonTree
import dev.converge.schema.StoredResource
import dev.converge.schema.TypeRegistry
import dev.converge.schema.TypeSchema
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification

/** How specs of resource types declare a resource, look at it, converge it as a run does, and take that back as a restore does. */
abstract class ResourceSpecification<R extends Resource> extends Specification {
    /** The type under test, such as {@code new FileType()}. */
    abstract TypeSchema<R> schema()

    /** A host that has read nothing yet; called for each look, so that no database of an earlier look hides a change. */
    abstract Host newHost()

    /** A resource as a manifest would declare it: texts are parsed, what is left out has its default. */
    protected final R resource(Object name, Map<String, ?> attributes = [:]) {
        schema().create(schema().attributes().collect { Attribute attribute ->
            def given = attribute.role() == Attribute.Role.ID ? name : attributes[attribute.name()]
            component(attribute, given == null ? attribute.defaultValue().orElse(null) : given)
        } as Object[])
    }

    private Object component(Attribute attribute, Object given) {
        def one = { it instanceof CharSequence ? schema().parse(attribute.index(), it as String, siteFiles()) : it }
        switch (attribute.shape()) {
            case Attribute.Shape.ONE: return one(given)
            case Attribute.Shape.OPTIONAL: return Optional.ofNullable(given).map { one(it) }
            case Attribute.Shape.LIST: return ((given ?: []) as List).collect(one)
            case Attribute.Shape.MAP: return ((given ?: [:]) as Map).collectEntries { key, value -> [key, one(value)] }
            case Attribute.Shape.OPTIONAL_LIST: return Optional.ofNullable(given).map { it.collect(one) }
            case Attribute.Shape.OPTIONAL_SET: return Optional.ofNullable(given).map { it.collect(one) as LinkedHashSet }
            default: return Optional.ofNullable(given).map { it.collectEntries { key, value -> [key, one(value)] } }
        }
    }

    /** The site's files, for types whose attributes name them. */
    SiteFiles siteFiles() {
        { String name -> throw new InvalidValueException("no file $name") }
    }

    protected final Provider<R> provider() {
        schema().newProvider()
    }

    protected final Declared<R> declared(R desired, Ensure ensure = Ensure.PRESENT) {
        Object name = schema().values(desired)[schema().idAttribute().index()]
        def id = new ResourceId(schema().name(), name as String)
        new Declared<R>(id, desired, ensure, SourceRange.point('site.groovy', 1, 1), Policy.none())
    }

    /** What separates the host from the resource now. */
    protected final Optional<Change<R>> difference(R desired, Ensure ensure = Ensure.PRESENT) {
        difference(desired, newHost(), ensure)
    }

    /** The same, as seen by a host that may have read something before. */
    protected final Optional<Change<R>> difference(R desired, Host host, Ensure ensure = Ensure.PRESENT) {
        Difference.between(schema(), declared(desired, ensure), provider().observe(desired, host))
    }

    /** What a run does first with a resource that an earlier one was killed at. */
    protected final void recover(R desired) {
        (provider() as Recovers<R>).recover(desired, newHost())
    }

    /** Observes, checks and applies, as a run does; what was changed, when something was. */
    protected final Optional<Change<R>> converge(R desired, Ensure ensure = Ensure.PRESENT) {
        Host host = newHost()
        def change = difference(desired, host, ensure)
        if (change.present) {
            provider().check(change.get(), host)
            provider().apply(change.get(), host)
        }
        change
    }

    /** Makes a change and takes it back by what is kept of it; whether that can be. */
    protected final boolean undone(R desired, Ensure ensure = Ensure.PRESENT) {
        new KeepingHost(newHost()).withCloseable { host ->
            def change = difference(desired, host, ensure).get()
            def undo = Inverse.of(schema(), provider(), change, host)
            def states = undo instanceof Undo.States ? undo.resources().collect { reread(it) } : []
            provider().check(change, host)
            provider().apply(change, host)
            states.each { takeBack(it) }
            def paths = undo instanceof Undo.States ? undo.paths() : [Path.of('/')]
            host.putBack { Path kept -> paths.any { kept.startsWith(it) } }
            !(undo instanceof Undo.Never)
        }
    }

    protected final <S extends Resource> Declared<S> reread(Declared<S> before) {
        new Declared<S>(before.id(), stored(typeOf(before), before.desired()), before.ensure(), before.source(), before.policy())
    }

    protected final <S extends Resource> TypeSchema<S> typeOf(Declared<S> one) {
        TypeRegistry.of(getClass().classLoader).find(one.id().type()).get() as TypeSchema<S>
    }

    /** As a restore does: by the resource's own type. */
    protected final <S extends Resource> void takeBack(Declared<S> wanted) {
        Host host = newHost()
        TypeSchema<S> type = typeOf(wanted)
        Provider<S> provider = type.newProvider()
        Difference.between(type, wanted, provider.observe(wanted.desired(), host)).ifPresent {
            provider.check(it, host)
            provider.apply(it, host)
        }
    }

    protected static final <S extends Resource> S stored(TypeSchema<S> type, S resource) {
        Map<String, Content> contents = type.values(resource).collect { it instanceof Optional ? it.orElse(null) : it }
            .findAll { it instanceof Content }.collectEntries { [it.digest('SHA-256'), copied(it)] }
        def stored = JsonText.line(StoredResource.write(type, resource))
        StoredResource.read(type, JsonTree.object(stored).get()) { digest, size -> contents[digest] }
    }

    /** A content that stays what it is, whatever comes of the file that it was read from. */
    protected static final Content copied(Content content) {
        Path copy = Files.write(Files.createTempFile('converge', 'content'), content.bytes())
        copy.toFile().deleteOnExit()
        FileContent.from(copy)
    }
}
