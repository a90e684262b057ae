package dev.converge.language

import dev.converge.facts.Facts
import dev.converge.facts.FixedFacts
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** The digest of what went into a catalog. */
class SiteInputsSpec extends Specification {
    private static final String MANIFEST = "file('/a') { source 'motd' }\nfile('/b') { content template('t', name: facts.hostname) }\n"

    @TempDir
    Path folder

    SiteFolder site

    def setup() {
        site = new SiteFolder(folder)
        site.manifest(MANIFEST).write('files/motd', 'hello\n').write('templates/t', 'I am $name\n')
        site.write('files/unused', 'x').write('templates/unused', 'x').write('README', 'x')
    }

    private String digest() {
        def inputs = new SiteInputs()
        def compiled = new ManifestCompiler(SiteFolder.TYPES, Optional.of(folder.resolve('.cache')))
            .compile(Site.open(folder).value().get(), new Facts(new FixedFacts(SiteFolder.FACTS)), inputs)
        assert compiled.diagnostics().empty
        inputs.digest()
    }

    def "it is what sha256sum says of the files that went in"() {
        given:
        def command = 'sha256sum files/motd site.groovy templates/t | sha256sum | cut -d" " -f1'
        def process = new ProcessBuilder('sh', '-c', command).directory(folder.toFile()).start()

        expect:
        digest() == process.inputStream.text.strip()
        digest() == digest()
    }

    def "#file #changes the digest"() {
        given:
        def before = digest()
        site.write(file, text)

        expect:
        (digest() != before) == changed

        where:
        file               | text                      || changed
        'site.groovy'      | MANIFEST + '// more\n'    || true
        'roles/web.groovy' | ''                        || true
        'files/motd'       | 'bye\n'                   || true
        'templates/t'      | 'It is $name\n'           || true
        'files/unused'     | 'y'                       || false
        'templates/unused' | 'y'                       || false
        'README'           | 'y'                       || false

        changes = changed ? 'changes' : 'does not change'
    }

    def "all files of a folder that is named go in"() {
        given:
        site.manifest("directory('/t') { source 'tree' }\n").write('files/tree/a', '1').write('files/tree/below/b', '2')
        def before = digest()

        when:
        site.write('files/tree/below/b', '3')

        then:
        digest() != before
    }
}
