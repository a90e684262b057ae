package dev.converge.examples

import dev.converge.Repository
import dev.converge.facts.Facts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.model.Catalog
import dev.converge.schema.CatalogJson
import dev.converge.schema.JsonText
import dev.converge.schema.TypeRegistry
import java.nio.file.Path
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** The fleet compiles for each of its hosts. */
class FleetSpec extends Specification {
    @Shared
    @TempDir
    Path cache

    @Shared
    TypeRegistry types = TypeRegistry.of(FleetSpec.classLoader)

    @Shared
    ManifestCompiler compiler

    def setupSpec() {
        compiler = new ManifestCompiler(types, Optional.of(cache))
    }

    private Catalog catalog(Facts facts) {
        def compiled = compiler.compile(Site.open(Repository.path('examples/fleet')).value().get(), facts)
        assert compiled.diagnostics().empty
        compiled.value().get()
    }

    private static List<String> ids(Catalog catalog) {
        catalog.resources()*.id()*.toString()
    }

    def "#host (#about.role, #about.system) compiles"() {
        expect:
        ids(catalog(FleetHosts.facts(host))).containsAll(['user[alice]', 'user[bob]', 'hostsEntry[db-01.example.com]', 'file[/etc/ssh/sshd_config.d/00-converge.conf]'])

        where:
        [host, about] << FleetHosts.ALL.collect { host, about -> [host, about] }
    }

    def "a value of one host counts more than one for all: #host listens on #port"() {
        expect:
        content(host, 'file[/etc/nginx/conf.d/shop.conf]').contains("listen $port;")

        where:
        host     | port
        'web-01' | 8443
        'web-02' | 8080
    }

    private String content(String host, String id) {
        catalog(FleetHosts.facts(host)).resources().find { it.id().toString() == id }.desired().content().get().open().text
    }

    def "a compiler that has compiled other hosts gives the same catalog as a new one"() {
        given:
        def fresh = new ManifestCompiler(types, Optional.empty())
        def site = Site.open(Repository.path('examples/fleet')).value().get()
        catalog(FleetHosts.facts('db-01'))

        expect:
        json(catalog(FleetHosts.facts('web-01'))) == json(fresh.compile(site, FleetHosts.facts('web-01')).value().get())
    }

    private String json(Catalog catalog) {
        new String(JsonText.canonical(CatalogJson.of(catalog, types)), "UTF-8")
    }
}
