package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions

class InspectSpec extends CliSpecification {
    def "what inspect prints of a file with #text.inspect() compiles and is in sync"() {
        given:
        Path file = folder.resolve("it's \$here")
        Files.writeString(file, text)
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rw-r-----'))

        expect:
        converge('inspect', 'file', file.toString()) == 0
        out.contains("mode '0640'")
        run('--dry-run', site(out)) == 0
        out.startsWith('in sync 1,')

        where:
        text << ['', 'one line', "it's \"quoted\" \$HOME \${x} \\\n", "several\nlines '''\n\twith tabs\r\n", 'ünï ✓\n', '\u0000\u0001binary']
    }

    def "what is not there is absent"() {
        expect:
        converge('inspect', 'file', folder.resolve('no').toString()) == 0
        out.contains("ensure 'absent'")
        run('--dry-run', site(out)) == 0
    }

    def "every group of this host is printed, and in sync"() {
        expect:
        converge('inspect', 'group') == 0
        out.contains("group('root') {")
        run('--dry-run', site(out)) == 0
    }

    def "facts print as lines and as JSON that compile takes"() {
        given:
        def facts = folder.resolve('facts.json')

        expect:
        converge('facts', '--output', 'json') == 0

        when:
        facts.toFile().text = out

        then:
        converge('compile', '--facts', facts.toString(), '--host', 'web-9.example.com', site("notice facts.fqdn")) == 0
        out.contains('"id": "notice[web-9.example.com]"')
    }
}
