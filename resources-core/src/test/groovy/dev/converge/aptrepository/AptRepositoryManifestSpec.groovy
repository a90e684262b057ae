package dev.converge.aptrepository

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import dev.converge.language.ManifestCompiler
import dev.converge.language.Site
import dev.converge.schema.TypeRegistry
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class AptRepositoryManifestSpec extends Specification {
    @TempDir
    Path folder

    def "every package comes after every repository, unless the manifest says otherwise"() {
        given:
        def catalog = compile('''\
            pkg 'nginx'
            pkg('ca-certificates') { before aptRepository['nginx'] }
            aptRepository('nginx') {
                uris 'https://nginx.org/packages/debian'
                suites 'bookworm'
                components 'nginx'
                trusted true
            }
            '''.stripIndent()).value().get()

        expect:
        catalog.resources()*.id()*.toString() == ['pkg[ca-certificates]', 'aptRepository[nginx]', 'pkg[nginx]']
    }

    def "a manifest that says #given is refused: #reason"() {
        expect:
        def diagnostics = compile("aptRepository('x') {\n  uris 'https://example.org'\n$given\n}").diagnostics()
        diagnostics.any { (it.summary() + it.detail() + it.suggestion().orElse('')).contains(reason) }

        where:
        given                                                          || reason
        "suites 'bookworm'"                                            || 'components'
        "suites './'; components 'main'"                               || 'has no components'
        "suites './'; key 'https://example.org/key.asc'"               || 'needs a checksum'
        "suites './'; key '/k.asc'; signedBy '/l.gpg'"                 || 'not by both'
        "suites './'; keyChecksum 'sha256:${'0' * 64}'"                || 'belongs to'
        "components 'main'"                                            || 'suites'
    }

    def "a login does not belong into an address, and is not repeated"() {
        when:
        def refusal = compile("aptRepository('x') {\n  uris 'https://me:s3cr3t@example.org'\n  suites './'\n}").diagnostics().first()

        then:
        refusal.suggestion().get().contains('auth.conf.d')
        !refusal.detail().contains('s3cr3t')
    }

    private compile(String text) {
        def manifest = Files.writeString(folder.resolve('site.groovy'), text)
        new ManifestCompiler(TypeRegistry.of(getClass().classLoader), Optional.empty()).compile(Site.open(manifest).value().get(), new Facts(new FixedFacts([:])))
    }
}
