package dev.converge.state

import dev.converge.diagnostic.Code
import dev.converge.report.Run
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import spock.lang.Requires
import spock.lang.Specification
import spock.lang.TempDir

/** State that is damaged, of a newer version or open to others never makes things worse, and nothing of it is lost. */
class StateCheckSpec extends Specification {
    @TempDir
    Path folder

    StateDirectory state

    def setup() {
        state = new StateDirectory(folder.resolve('state'))
    }

    private def lock() {
        def lock = RunLock.acquire(state, Run.begin('here'), 'converge')
        lock.value().ifPresent { it.close() }
        lock
    }

    private List<String> names() {
        Files.list(state.path()).withCloseable { it.toList() }*.fileName*.toString().sort()
    }

    def "the first live run numbers the form of the state"() {
        expect:
        lock().diagnostics().empty
        Files.readString(state.version()) == '1\n'
        lock().diagnostics().empty
    }

    def "state of a newer version is left alone: #text"() {
        given:
        StateDirectory.make(state.path())
        Files.writeString(state.version(), text)

        when:
        def refused = lock()

        then:
        !refused.ok
        refused.diagnostics()*.code() == [Code.STATE]
        refused.diagnostics()[0].detail() == "${state.path()} is in format 7, and this Converge knows formats up to 1."
        refused.diagnostics()[0].suggestion().present
        names() == ['version']

        and: 'a dry run goes on'
        StateCheck.warnings(state)*.error == [false]

        where:
        text << ['7', '7\n', ' 7 \n']
    }

    def "a version that is no number is set aside: #text"() {
        given:
        StateDirectory.make(state.path())
        Files.writeString(state.version(), text)

        when:
        def lock = lock()

        then:
        lock.ok
        lock.diagnostics()*.summary() == ['Damaged state']
        Files.readString(state.version()) == '1\n'
        Files.readString(state.path().resolve(names().find { it.startsWith('version.damaged-') })) == text

        where:
        text << ['', 'x', '-3', '99999999999999']
    }

    def "what is in the place of a folder or file is set aside, never deleted: #name"() {
        given:
        StateDirectory.make(state.path())
        def place = state.path().resolve(name)
        if (file) {
            Files.createDirectories(place.parent)
            Files.writeString(place, 'mine')
        } else {
            Files.createDirectories(place.resolve('mine'))
        }

        when:
        def lock = lock()

        then:
        lock.ok
        def said = lock.diagnostics()*.detail()
        said.size() == 1
        said[0].startsWith("$place is ${file ? 'no folder' : 'a folder'}. It was set aside as ")
        !Files.exists(place) || name == 'version'
        def aside = place.resolveSibling(said[0].find(/\S+\.damaged-\w+/))
        file ? Files.readString(aside) == 'mine' : Files.isDirectory(aside.resolve('mine'))

        where:
        name                  | file
        'reports'             | true
        'backups'             | true
        'backups/objects'     | true
        'journal'             | true
        'undo'                | true
        'applied'             | true
        'version'             | false
        'last-run.json'       | false
        'backups/index.jsonl' | false
    }

    def "a folder that everybody can write to is no place for state"() {
        given:
        Files.createDirectory(state.path())
        Files.setPosixFilePermissions(state.path(), PosixFilePermissions.fromString('rwxrwxrwx'))

        when:
        def refused = lock()

        then:
        refused.diagnostics()*.summary() == ['State open to others']
        refused.diagnostics()[0].detail().contains('can be written by everybody')
        names().empty
    }

    @Requires({ System.getProperty('user.name') == 'root' })
    def "another account's folder is no place for state"() {
        given:
        Files.createDirectory(state.path())
        Files.setAttribute(state.path(), 'unix:uid', 4321)

        expect:
        lock().diagnostics()*.detail() == ["${state.path()} belongs to another account, number 4321."]
    }

    def "what a killed run was writing in #place goes when the next one begins, whatever that one writes"() {
        given: 'an error ends the writing as a kill does: nobody tidies up'
        Path target = (place ? state.path().resolve(place) : state.path()).resolve('file')
        try {
            DurableFile.replace(target) { throw new AssertionError('killed' as Object) }
        } catch (AssertionError killed) {
            assert killed.message == 'killed'
        }
        assert drafts().size() == 1

        when:
        lock()

        then:
        drafts() == []

        where:
        place << ['', 'reports', 'backups', 'applied', 'undo', 'journal']
    }

    private List<Path> drafts() {
        Files.walk(state.path()).withCloseable { it.toList() }.findAll { it.fileName.toString().endsWith('.new') }
    }

    def "ids go on from the newest one known, whatever the clock says: #what"() {
        given:
        def now = new Run('20260101T000000.000Z-7', 'here', Instant.parse('2026-01-01T00:00:00Z'))
        def lock = RunLock.acquire(state, now, 'converge').value().get()
        write(state, what, known)
        def warnings = []

        when:
        def numbered = lock.number(now, warnings)

        then:
        numbered.id() == expected
        numbered.started() == now.started()
        warnings.empty

        cleanup:
        lock?.close()

        where:
        what        | known                                  || expected
        'nothing'   | ''                                     || '20260101T000000.000Z-7'
        'last run'  | '20251231T235959.999Z-4711'            || '20260101T000000.000Z-7'
        'last run'  | '20260101T000000.000Z-4711'            || '20260101T000000.001Z-7'
        'last run'  | '20260731T235959.999Z-4711'            || '20260801T000000.000Z-7'
        'report'    | '20270101T120000.000Z-1'               || '20270101T120000.001Z-7'
        'journal'   | '20270101T120000.000Z-1'               || '20270101T120000.001Z-7'
        'last run'  | 'r1'                                   || '20260101T000000.000Z-7'
        'last run'  | '20269999T999999.999Z-1'               || '20260101T000000.000Z-7'
    }

    private static void write(StateDirectory state, String what, String id) {
        if (what == 'last run') {
            Files.writeString(state.lastRun(), "{\"schema\":\"converge.last-run/1\",\"run\":\"$id\",\"exit\":0}\n")
        } else if (what != 'nothing') {
            def file = what == 'report' ? state.reports().resolve("${id}.json") : state.journals().resolve("${id}.jsonl")
            Files.createDirectories(file.parent)
            Files.createFile(file)
        }
    }

    def "numbers of the last run that are not whole are set aside: #text"() {
        given:
        def run = Run.begin('here')
        def lock = RunLock.acquire(state, run, 'converge').value().get()
        Files.writeString(state.lastRun(), text)
        def warnings = []

        expect:
        lock.number(run, warnings) == run
        warnings*.summary() == ['Damaged state']
        names().any { it.startsWith('last-run.json.damaged-') }

        cleanup:
        lock?.close()

        where:
        text << ['', '{"schema":"converge.last-run/1","run":"2026', 'x', '{}']
    }
}
