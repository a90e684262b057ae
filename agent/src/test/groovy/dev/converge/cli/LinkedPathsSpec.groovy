package dev.converge.cli

import java.nio.file.Files
import java.nio.file.Path
import tools.jackson.databind.json.JsonMapper

/** Resources that write one path by different names, through links of the host. */
class LinkedPathsSpec extends CliSpecification {
    private static final String TITLE = 'Resources may undo each other'

    private Path real
    private Path link

    def setup() {
        folder = folder.toRealPath()
        real = Files.createDirectories(folder.resolve('real/sub')).parent
        link = Files.createSymbolicLink(folder.resolve('link'), real)
        Files.writeString(real.resolve('a'), 'old\n')
        Files.writeString(real.resolve('sub/a'), 'old\n')
    }

    private String manifest(String text) {
        site(text.replace('REAL', real.toString()).replace('LINK', link.toString()))
    }

    private List<Map> warnings(String... words) {
        run(*(['--jobs', '1', '--output', 'json'] + (words as List)))
        JsonMapper.shared().readValue(out, Map).diagnostics.findAll { it.summary == TITLE }
    }

    def "two names for one path are a warning with both places: #first, #second"() {
        given:
        def place = manifest("$first\n$second\n")

        expect: 'in a dry run and in a live one'
        [['--dry-run', place], [place]].each { words ->
            def found = warnings(*words)
            assert found.size() == 1
            assert found[0].severity == 'warning'
            assert found[0].source.line == 2
            assert found[0].related*.source*.line == [1]
            assert found[0].detail.contains(real.toString())
        }

        and: 'not where they agree, so that nothing changes'
        warnings(place).isEmpty()

        where:
        first                              | second
        "file('REAL/a') { content 'x\\n' }"     | "file('LINK/a') { content 'x\\n' }"
        "file('LINK/a') { content 'x\\n' }"     | "file('REAL/a') { mode '0644' }"
        "file('LINK/sub/a') { content 'x\\n' }" | "file('REAL/sub/a') { content 'x\\n' }"
        "directory('REAL/sub') { mode '0750' }" | "directory('LINK/sub')"
        "link('REAL/l') { target 'a' }"    | "link('LINK/l') { target 'a' }"
        "file('LINK/a') { content 'x\\n' }"     | "line('REAL/a', 'x')"
        "line('LINK/a', 'x')"              | "file('REAL/a') { content 'x\\n' }"
    }

    def "no warning where nothing is disturbed: #text"() {
        given:
        def place = manifest(text)

        expect:
        warnings('--dry-run', place).isEmpty()

        where:
        text << [
            "file('REAL/a') { content 'x' }\nfile('REAL/sub/a') { content 'y' }",
            "file('REAL/a') { content 'x' }\nfile('LINK/b') { content 'y' }",
            "file('REAL/a') { mode '0644' }\nline('LINK/a', 'x')",
            "line('REAL/a', 'y')\nline('LINK/a', 'x')",
            "file('REAL/b') { ensure 'absent' }\nfile('LINK/b') { ensure 'absent' }",
        ]
    }

    def "a link that the run itself makes counts"() {
        given:
        def place = manifest("""\
            link('$folder/new') { target 'REAL' }
            file('REAL/a') { content 'x\\n' }
            file('$folder/new/a') { mode '0644' }
            """)

        expect:
        warnings(place)*.source*.line == [3]
    }

    def "a person reads both names, and it fails no run"() {
        given:
        def place = manifest("file('REAL/a') { content 'x\\n' }\nfile('LINK/a') { content 'x\\n' }\n")

        expect:
        run('--dry-run', place) == 2
        err.contains(TITLE)
        err.contains("$real/a")
        err.contains("$link/a")
    }
}
