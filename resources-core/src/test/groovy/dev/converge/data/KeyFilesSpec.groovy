package dev.converge.data

import dev.converge.vault.KeyFile
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Which key a value is encrypted for that stands in no file yet. */
class KeyFilesSpec extends Specification {
    @TempDir
    Path site

    private void hierarchy(String text) {
        Files.createDirectories(site.resolve('data/nodes'))
        Files.writeString(site.resolve('data/hierarchy.yaml'), text)
    }

    def "in #place of a site it is the site's"() {
        given:
        hierarchy("version: 1\nkeyFile: /srv/site.key\nlevels: [{ name: node, path: 'nodes/\${hostname}.yaml' }, { name: common, path: common.yaml }]\n")

        expect:
        KeyFiles.ofSite(site.resolve(place)).value().get().path() == Path.of('/srv/site.key')

        where:
        place << ['', 'data', 'data/nodes']
    }

    def "outside of sites, and where a site names none, it is the usual one"() {
        expect:
        KeyFiles.ofSite(site).value().get().path() == KeyFile.USUAL

        when:
        hierarchy("version: 1\nlevels: [{ name: common, path: common.yaml }]\n")

        then:
        KeyFiles.ofSite(site).value().get().path() == KeyFile.USUAL
    }

    def "where levels have keys of their own it has to be named"() {
        given:
        hierarchy("version: 1\nkeyFile: /srv/site.key\nlevels: [{ name: s, path: s.yaml, keyFile: /srv/other.key }, { name: common, path: common.yaml }]\n")

        expect:
        def told = KeyFiles.ofSite(site).diagnostics()
        told*.summary() == ['Several keys']
        told[0].detail().contains('/srv/other.key and /srv/site.key')
        told[0].suggestion().get().contains('--key-file')
    }
}
