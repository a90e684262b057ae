package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

class RunSpec extends CliSpecification {
    def "a dry run foresees, a run does, a second run has nothing to do"() {
        given:
        def motd = folder.resolve('motd')
        def place = site("file('$motd') {\n    content 'Welcome\\n'\n    mode '0640'\n}\n")

        expect:
        run('--dry-run', place) == 2
        out.startsWith("+ file[$motd] would be created: content, mode 0640   site.groovy:1:1\n    @@ -0,0 +1,1 @@\n    +Welcome\n")
        !Files.exists(motd)
        !Files.exists(folder.resolve('state/backups'))

        run(place) == 0
        out.startsWith("+ file[$motd] created: content, mode 0640   site.groovy:1:1\n")
        motd.toFile().text == 'Welcome\n'

        run(place) == 0
        out ==~ /in sync 1, changed 0, failed 0, skipped 0 in .*\n/

        when:
        motd.toFile().text = 'Goodbye\n'

        then:
        run(place) == 0
        out.contains("~ file[$motd] corrected: content   site.groovy:1:1\n    @@ -1,1 +1,1 @@\n    -Goodbye\n    +Welcome\n")
    }

    def "a site may be a link, such as one to the latest release"() {
        given:
        def motd = folder.resolve('motd')
        def release = Path.of(site("file('$motd') { content 'Welcome' }"))
        def current = Files.createSymbolicLink(folder.resolve('current'), release)

        expect:
        run(current.toString()) == 0
        motd.toFile().text == 'Welcome'
    }

    def "a secret is in the file and nowhere else"() {
        given:
        def file = folder.resolve('secret')
        def place = site("file('$file') {\n    content \"pw=\${secret('hunter2')}\\n\"\n}\nnotice(\"\${'x'}\") {\n    message secret('hunter2')\n}\n")

        expect:
        run('--dry-run', '--verbose', place) == 2
        !(out + err).contains('hunter2')
        run('--output', 'json', place) == 0
        !(out + err).contains('hunter2')
        file.toFile().text == 'pw=hunter2\n'
        converge('compile', place) == 0
        !(out + err).contains('hunter2')
        converge('explain', "file[$file]", place) == 0
        !(out + err).contains('hunter2')
        // A compiled manifest holds the words of the manifest, and is as private as the state beside it.
        Files.walk(folder.resolve('state')).filter(Files::isRegularFile).allMatch {
            it.parent.fileName.toString() == 'manifests'
                ? Files.getPosixFilePermissions(it).every { it.name().startsWith('OWNER') }
                : !Files.readString(it).contains('hunter2')
        }
    }

    def "errors of a manifest are JSON for programs"() {
        expect:
        run('--output', 'json', site("notice 'a'\nntice 'b'\n")) == 1
        err.isEmpty()
        with(JsonMapper.shared().readValue(out, Map)) {
            it.exit == 1
            it.diagnostics[0].code == 'unknown-type'
            it.diagnostics[0].source.line == 2
        }
    }

    def "quiet says nothing when nothing is wrong"() {
        expect:
        run('--quiet', site("notice 'a'")) == 0
        out.isEmpty()
        err.isEmpty()
    }

    def "tags that no resource has are refused, not taken for a host in sync"() {
        expect:
        run('--tags', 'webb', site("notice('one') { tags 'web' }")) == 1
        err.contains('No resource of this host has the tag "webb".')
        err.contains('Did you mean "web"?')
    }

    def "only resources with a wanted tag get their turn"() {
        expect:
        run('--verbose', '--tags', 'b,c', site("notice('one') { tags 'a' }\nnotice('two') { tags 'b' }")) == 0
        out.contains('notice[one] skipped: it has none of the wanted tags')
        out.contains('in sync 1, changed 0, failed 0, skipped 1')
    }
}
