package dev.converge

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Attribute
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
import dev.converge.schema.Difference
import dev.converge.schema.TypeSchema
import spock.lang.Specification

/** How specs of resource types declare a resource, look at it and converge it, as a run does. */
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
        Difference.between(schema(), declared(desired, ensure), provider().observe(desired, newHost()))
    }

    /** What a run does first with a resource that an earlier one was killed at. */
    protected final void recover(R desired) {
        (provider() as Recovers<R>).recover(desired, newHost())
    }

    /** Observes, checks and applies, as a run does; what was changed, when something was. */
    protected final Optional<Change<R>> converge(R desired, Ensure ensure = Ensure.PRESENT) {
        Host host = newHost()
        def change = Difference.between(schema(), declared(desired, ensure), provider().observe(desired, host))
        if (change.present) {
            provider().check(change.get(), host)
            provider().apply(change.get(), host)
        }
        change
    }
}
