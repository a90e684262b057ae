package dev.converge.provider

import dev.converge.diagnostic.SourceRange
import dev.converge.model.Catalog
import dev.converge.model.Declared
import dev.converge.model.Ensure
import dev.converge.model.Policy
import dev.converge.model.Resource
import dev.converge.model.ResourceId
import java.nio.file.Path
import spock.lang.Specification

/** A purge may remove only what nobody declares. */
class DeclaredResourcesSpec extends Specification {
    static class Thing implements Resource {}

    static DeclaredResources paths(Map<String, Ensure> resources) {
        def declared = resources.collect { name, ensure ->
            new Declared(new ResourceId('file', name), new Thing(), ensure, SourceRange.point('s', 1, 1), Policy.none())
        }
        DeclaredResources.of(Catalog.of(declared, [], [], []).value().get())
    }

    def "#path is declared: #itself, and something below it: #below"() {
        given:
        def paths = paths(['/a/b/c': Ensure.PRESENT, '/a/b-x': Ensure.PRESENT, '/a/b.d/y': Ensure.PRESENT, '/gone/x': Ensure.ABSENT, 'nginx': Ensure.PRESENT])

        expect:
        paths.contains(Path.of(path)) == itself
        paths.hasBelow(Path.of(path)) == below

        where:
        path || itself | below
        '/a' || false | true
        '/a/b' || false | true
        '/a/b/c' || true | false
        '/a/b-' || false | false
        '/a/b-x' || true | false
        '/a/b.d' || false | true
        '/gone' || false | false
        '/gone/x' || false | false
        '/z' || false | false
    }
}
