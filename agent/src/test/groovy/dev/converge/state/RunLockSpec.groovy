package dev.converge.state

import dev.converge.diagnostic.Code
import dev.converge.report.Run
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** One live run at a time per host, whoever starts the second one. */
@Timeout(60)
class RunLockSpec extends Specification {
    @TempDir
    Path folder

    @AutoCleanup('destroyForcibly')
    Process other

    StateDirectory state
    Run run = Run.begin('here')

    def setup() {
        state = new StateDirectory(folder.resolve('state'))
    }

    private String startOther(String command = 'converge /srv/site') {
        String java = Path.of(System.getProperty('java.home'), 'bin', 'java')
        other = new ProcessBuilder(java, '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', System.getProperty('java.class.path'),
            LockHolder.name, state.path() as String, command)
            .redirectError(ProcessBuilder.Redirect.INHERIT).start()
        other.inputReader().readLine()
    }

    def "while another process holds it, its process and command are named"() {
        given:
        startOther() == 'locked'

        when:
        def refused = RunLock.acquire(state, run, 'converge')

        then:
        !refused.ok
        refused.diagnostics()[0].code() == Code.RUN_IN_PROGRESS
        refused.diagnostics()[0].detail().startsWith("Process ${other.pid()}, started at ")
        refused.diagnostics()[0].detail().endsWith(': converge /srv/site')
    }

    def "another process is told who holds it"() {
        given:
        def lock = RunLock.acquire(state, run, 'converge --tags web').value().get()

        expect:
        startOther() =~ /^Process ${ProcessHandle.current().pid()}, started at .*: converge --tags web$/

        cleanup:
        lock.close()
    }

    def "a holder that is killed holds nothing"() {
        given:
        startOther()
        other.destroyForcibly().waitFor()

        when:
        def lock = RunLock.acquire(state, run, 'converge')

        then:
        lock.ok

        cleanup:
        lock.value().ifPresent { it.close() }
    }

    def "a second run of the same process is refused, and the first keeps the lock"() {
        given:
        def first = RunLock.acquire(state, run, 'converge').value().get()

        expect:
        RunLock.acquire(state, run, 'converge').diagnostics()*.code() == [Code.RUN_IN_PROGRESS]
        startOther().startsWith('Process ')

        cleanup:
        first.close()
    }

    def "a lock that could not be taken is not held by this process"() {
        given: 'a folder where the lock should be'
        StateDirectory.make(state.path())
        Files.createDirectory(state.lock())
        assert !RunLock.acquire(state, run, 'a').ok

        when:
        Files.delete(state.lock())
        def lock = RunLock.acquire(state, run, 'a')

        then:
        lock.ok

        cleanup:
        lock?.value()?.ifPresent { it.close() }
    }

    def "whoever waits is told once who holds it, and gets it when that one ends"() {
        given:
        startOther()
        def told = []

        when:
        def lock = RunLock.await(state, run, 'converge', Duration.ofSeconds(50)) {
            told << it.detail()
            other.destroy()
        }

        then:
        lock.ok
        told.size() == 1
        told[0].startsWith("Process ${other.pid()}, started at ")

        cleanup:
        lock?.value()?.ifPresent { it.close() }
    }

    def "a run of this process is waited for too"() {
        given:
        def first = RunLock.acquire(state, run, 'converge').value().get()

        when:
        def second = RunLock.await(state, run, 'converge', Duration.ofSeconds(50)) { first.close() }

        then:
        second.ok

        cleanup:
        second?.value()?.ifPresent { it.close() }
    }

    def "patience comes to an end, with what was in the way"() {
        given:
        def first = RunLock.acquire(state, run, 'converge').value().get()

        expect:
        RunLock.await(state, run, 'converge', Duration.ofMillis(300)) {}.diagnostics()*.code() == [Code.RUN_IN_PROGRESS]

        cleanup:
        first.close()
    }

    def "what waiting does not mend is told at once"() {
        given:
        Files.createFile(state.path())

        expect:
        RunLock.await(state, run, 'converge', Duration.ofHours(1)) { assert false }.diagnostics()*.code() == [Code.STATE]
    }

    def "it can be taken again when it was given up"() {
        given:
        RunLock.acquire(state, run, 'a').value().get().close()

        when:
        def second = RunLock.acquire(state, run, 'b')

        then:
        second.ok

        cleanup:
        second.value().ifPresent { it.close() }
    }

    def "runs with other state do not meet"() {
        given:
        def first = RunLock.acquire(state, run, 'a')
        def second = RunLock.acquire(new StateDirectory(folder.resolve('other')), run, 'b')

        expect:
        first.ok
        second.ok

        cleanup:
        [first, second].each { it.value().ifPresent { lock -> lock.close() } }
    }

    def "nobody else may look into the state"() {
        given:
        def lock = RunLock.acquire(state, run, 'a').value().get()

        expect:
        PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())) == 'rwx------'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(state.lock())) == 'rw-------'

        cleanup:
        lock.close()
    }

    def "state that cannot be kept is a diagnostic that says what to do"() {
        given: 'a file where the folder should be'
        Files.createFile(state.path())

        when:
        def diagnostic = RunLock.acquire(state, run, 'a').diagnostics()[0]

        then:
        diagnostic.code() == Code.STATE
        diagnostic.detail().contains(state.path() as String)
        diagnostic.suggestion().get().contains('--state-dir')
    }
}
