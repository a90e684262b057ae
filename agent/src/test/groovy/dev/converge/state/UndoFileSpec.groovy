package dev.converge.state

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What takes a run back is read as it was kept, change by change. */
class UndoFileSpec extends Specification {
    @TempDir
    Path folder

    private UndoFile read(String... lines) {
        def state = new StateDirectory(folder)
        Files.createDirectories(state.undo())
        Files.write(state.undo().resolve('run.jsonl'), lines as List)
        UndoFile.of(state, 'run')
    }

    private static String change(String action, String undo, String left, String made) {
        """{"change":"user[x]","action":"$action","file":"site.groovy","line":1,"column":1,"undo":$undo,"left":$left,"made":[$made]}"""
    }

    def "a change that failed and was tried again is taken back to before its first try"() {
        when:
        def changes = read(
            change('create', '{"states":[{"ensure":"absent"}]}', '{"shell":"/bin/sh","comment":"x"}', '"/a"'),
            '{"ended":"user[x]","marks":{"/a":"1"}}',
            change('update', '{"states":[{"ensure":"present"}]}', '{"comment":"y"}', '"/b"'),
            '{"ended":"user[x]","marks":{"/b":"2"}}').changes()

        then:
        changes.size() == 1
        changes[0].action() == 'create'
        changes[0].undo() == [states: [[ensure: 'absent']]]
        changes[0].left() == [shell: '/bin/sh', comment: 'y']
        changes[0].made() == [Path.of('/a'), Path.of('/b')]
        changes[0].marks().keySet() == [Path.of('/a'), Path.of('/b')] as Set
    }
}
