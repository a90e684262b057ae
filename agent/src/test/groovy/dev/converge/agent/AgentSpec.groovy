package dev.converge.agent

import dev.converge.data.Outside
import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic
import dev.converge.host.LocalCommands
import dev.converge.report.Run
import dev.converge.schema.TypeRegistry
import dev.converge.source.SiteSource
import dev.converge.state.RunLock
import dev.converge.state.StateDirectory
import dev.converge.systemd.Supervisor
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The loop, with a source that is a folder; all else is real. */
@Timeout(180)
class AgentSpec extends Specification {
    @TempDir
    Path folder

    List<String> logged = new CopyOnWriteArrayList<>()
    FolderSource source
    Path file
    AgentParts parts
    Agent agent
    Thread loop
    def soon = new PollingConditions(timeout: 60, delay: 0.05)

    def setup() {
        source = new FolderSource(folder)
        file = folder.resolve('agent.yaml')
        settings('')
        def machine = new Machine(Path.of('/'), TypeRegistry.of(AgentSpec.classLoader), new LocalCommands(Path.of('/')), Outside.NONE,
            new StateDirectory(folder.resolve('state')))
        parts = new AgentParts(file, machine, { level, event, text, fields -> logged << "$event $text".toString() } as AgentLog, Supervisor.of([:], 1L), { known -> opened(known) } as AgentParts.Sources)
    }

    private SiteSource opened(AgentSettings settings) {
        if (settings.conduct().environment() == 'buggy') {
            throw new IllegalStateException('a bug of the settings')
        }
        source
    }

    def cleanup() {
        end()
    }

    private void settings(String more) {
        Files.writeString(file, "source: { url: $folder }\nstateDir: $folder/state\ninterval: 1h\n$more")
    }

    private void push(String commit, String text) {
        source.push(commit, "file('$folder/motd') { content '$text' }")
    }

    private void start() {
        def opened = Agent.open(parts, AgentFile.read(file).value().get())
        assert opened.isOk() : opened.diagnostics()
        agent = opened.value().get()
        loop = Thread.start { agent.run() }
    }

    private void end() {
        if (agent != null) {
            agent.stop()
            loop.join()
            agent.close()
            agent = null
        }
    }

    private Map<String, Object> ask(String what) {
        ControlSocket.ask(parts.machine().state(), [do: what]).get()
    }

    private void motd(String text) {
        soon.eventually { assert folder.resolve('motd').toFile().exists() && folder.resolve('motd').toFile().text == text }
    }

    def "a first start fetches and converges; the status says so"() {
        given:
        push('aaaa1', 'one')

        when:
        start()
        motd('one')

        then:
        soon.eventually {
            def status = ask('status')
            assert status.running && status.doing == 'idle' && status.commit.id == 'aaaa1' && status.newest == 'aaaa1'
            assert status.lastRun.trigger == 'start' && status.lastRun.exit == 2 && status.lastRun.counts.changed == 1
            assert status.problems == []
        }
    }

    def "whoever asks for a run gets the newest commit, and its report"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')

        when:
        push('bbbb2', 'two')
        def answer = ask('once')

        then:
        answer.exit == 0
        answer.report.counts.changed == 1
        answer.report.origin.commit == 'bbbb2'
        folder.resolve('motd').toFile().text == 'two'
    }

    def "a commit that does not compile leaves the last good one in force; report, status and log say so, once"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')
        source.push('bbbb2', "file('$folder/motd') { contnt 'two' }")
        folder.resolve('motd').toFile().text = 'moved'

        when:
        def answers = [ask('once'), ask('once')]

        then:
        answers*.exit == [4, 4]
        answers*.report.exit == [4, 4]
        folder.resolve('motd').toFile().text == 'one'
        answers.every { answer -> answer.report.diagnostics*.summary == ['The newest commit does not compile', 'Unknown attribute'] }
        answers[0].report.diagnostics[1].source.line == 1
        ask('status').newest == 'bbbb2'
        ask('status').commit.id == 'aaaa1'
        logged.count { it.contains('does not compile') } == 1
    }

    def "while the remote does not answer, the last good commit is enforced"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')
        source.reachable = false
        folder.resolve('motd').toFile().text = 'moved'

        expect:
        ask('once').exit == 4
        folder.resolve('motd').toFile().text == 'one'
        ask('status').problems*.summary == ['No answer']

        when: 'the agent starts anew without a network'
        end()
        folder.resolve('motd').toFile().text = 'moved'
        start()

        then:
        motd('one')
    }

    def "without any commit there is no run, and the exit code says so"() {
        given:
        source.reachable = false
        start()

        expect:
        ask('once').exit == 1
        ask('once').report.diagnostics*.summary == ['No answer']
    }

    def "a disabled agent fetches nothing and changes nothing, over restarts, until it is enabled"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')
        new Switch(parts.machine().state()).disable('disk is replaced', 'ann')
        ask('look')
        soon.eventually { assert logged.any { it.startsWith('DISABLED') } }
        int asked = source.asked
        push('bbbb2', 'two')

        expect:
        ask('once').exit == 1
        ask('once').report.diagnostics[0].detail.contains('disk is replaced')
        ask('status').disabled.by == 'ann'
        ask('status').nextRun == null

        when:
        end()
        start()

        then:
        ask('once').exit == 1
        source.asked == asked
        folder.resolve('motd').toFile().text == 'one'

        when:
        new Switch(parts.machine().state()).enable()
        ask('look')

        then:
        motd('two')
        ask('status').disabled == null
    }

    def "settings are read anew; those with mistakes are refused and told"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')

        when:
        settings('onDrift: ignore\n')
        agent.reload()

        then:
        soon.eventually { assert ask('status').problems*.summary == ['The settings were not read anew', 'Bad value'] }
        ask('once').exit == 0

        when: 'the source has no value'
        file.toFile().text = 'source:\n'
        agent.reload()

        then:
        soon.eventually { assert ask('status').problems*.summary == ['The settings were not read anew', 'Missing key'] }

        when:
        settings('onDrift: report\n')
        agent.reload()
        soon.eventually { assert ask('status').onDrift == 'report' }
        folder.resolve('motd').toFile().text = 'moved'
        def answer = ask('once')

        then:
        answer.report.counts.pending == 1
        folder.resolve('motd').toFile().text == 'moved'
    }

    def "a bug in the way of new settings is told, and those before stay"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')

        when:
        settings('environment: buggy\n')
        agent.reload()

        then:
        soon.eventually { assert logged.any { it.startsWith('BUG') && it.contains('a bug of the settings') } }
        ask('status').source.environment == 'main'

        when:
        push('bbbb2', 'two')

        then:
        ask('once').exit == 0
        folder.resolve('motd').toFile().text == 'two'
    }

    def "a bug in the way of the last good commit is told, and the newest is asked for"() {
        given:
        push('aaaa1', 'one')
        source.broken = true

        when:
        start()

        then:
        motd('one')
        logged.any { it.startsWith('BUG') && it.contains('a bug') }
    }

    def "outside the agent's windows changes are pending"() {
        given:
        def day = java.time.LocalDate.now().plusDays(3).dayOfWeek.name().toLowerCase().take(3).capitalize()
        settings("windows: ['$day 02:00-02:01']\n")
        push('aaaa1', 'one')
        start()

        expect:
        ask('once').report.counts.pending == 1
        !folder.resolve('motd').toFile().exists()
    }

    def "a second agent is told who runs"() {
        given:
        push('aaaa1', 'one')
        start()

        when:
        def second = Agent.open(parts, AgentFile.read(file).value().get())

        then:
        !second.isOk()
        second.diagnostics()[0].summary() == 'An agent is running'
    }

    def "what moves on the host is put back at once, and the rest is not looked at"() {
        given:
        source.push('aaaa1', "file('$folder/motd') { content 'one' }\nfile('$folder/other') { content 'x' }")
        folder.resolve('motd').toFile().text = 'one' // what the first run writes would move, too
        folder.resolve('other').toFile().text = 'x'
        start()
        soon.eventually { assert ask('status').with { watching == '2 resources, for changes' && lastRun && doing == 'idle' } }

        when:
        folder.resolve('motd').toFile().text = 'moved'

        then:
        motd('one')
        soon.eventually { assert ask('status').lastRun.trigger == 'drift' }
        ask('status').lastRun.counts == [inSync: 0, changed: 1, pending: 0, failed: 0, skipped: 0]
    }

    def "what one signed who no longer may is not enforced any more, while the newest is #state"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')
        def untrusted = Diagnostic.error(Code.UNTRUSTED, 'Commit not trusted', 'Its key was taken out.')
        source.distrusted['aaaa1'] = untrusted
        if (newest == 'none') {
            source.reachable = false
        } else {
            push(newest, 'two')
            source.refused = Optional.of(newest == 'aaaa1' ? untrusted : Diagnostic.error(Code.UNTRUSTED, 'Another', ''))
        }

        expect:
        ask('once').exit == 1
        ask('status').commit == null
        ask('status').problems*.summary == problems
        int asked = source.asked

        when: 'the host moves'
        folder.resolve('motd').toFile().text = 'moved'
        def answer = ask('once')

        then:
        answer.exit == 1
        folder.resolve('motd').toFile().text == 'moved'
        source.asked == asked + 1

        when:
        source.refused = Optional.empty()
        source.reachable = true
        source.distrusted.clear()
        push('bbbb2', 'one')

        then:
        ask('once').exit == 0
        folder.resolve('motd').toFile().text == 'one'

        where:
        newest  | state                  || problems
        'aaaa1' | 'the commit in force'  || ['Commit not trusted']
        'bbbb2' | 'another of his'       || ['Another', 'Commit not trusted']
        'none'  | 'not to be had'        || ['No answer', 'Commit not trusted']
    }

    def "a fight is told in the log and by the status"() {
        given:
        push('aaaa1', 'one')
        start()
        motd('one')

        when:
        5.times {
            folder.resolve('motd').toFile().text = 'moved'
            motd('one')
        }

        then:
        soon.eventually { assert logged.any { it.startsWith('PROBLEM') && it.contains('Something changes it back each time') } }
        soon.eventually { assert ask('status').problems*.summary == ['Something changes it back each time'] }
    }

    def "an agent that waits for another run ends at once"() {
        given:
        push('aaaa1', 'one')
        def other = RunLock.acquire(parts.machine().state(), Run.begin('web-1'), 'converge by hand').value().get()
        start()
        soon.eventually { assert logged.any { it.contains('converge by hand') || it.contains('a run of this process') } }

        when:
        long began = System.nanoTime()
        end()

        then:
        System.nanoTime() - began < 5_000_000_000
        !folder.resolve('motd').toFile().exists()

        cleanup:
        other.close()
    }

    def "an agent waits for a run by hand, and makes its own after it"() {
        given:
        push('aaaa1', 'one')
        def other = RunLock.acquire(parts.machine().state(), Run.begin('web-1'), 'converge by hand').value().get()
        start()
        soon.eventually { assert logged.any { it.contains('Waits for another run') } }

        expect:
        !folder.resolve('motd').toFile().exists()

        when:
        other.close()

        then:
        motd('one')
    }

    def "the status tells of whoever has disabled the agent in the middle of a run"() {
        given:
        source.push('aaaa1', "exec('slow') { command 'sh', '-c', 'touch $folder/begun; while [ ! -e $folder/go ]; do sleep 0.05; done' }")
        start()
        soon.eventually { assert folder.resolve('begun').toFile().exists() }

        when:
        new Switch(parts.machine().state()).disable('disk is replaced', 'ann')

        then:
        ask('status').disabled.by == 'ann'
        ask('status').doing == 'running'

        cleanup:
        folder.resolve('go').toFile().text = ''
    }

    def "the end skips what has not begun, and keeps the report of what was done"() {
        given:
        source.push('aaaa1', """
            exec('slow') { command 'sh', '-c', 'touch $folder/begun; while [ ! -e $folder/go ]; do sleep 0.05; done' }
            file('$folder/after') {
                content 'x'
                requires exec['slow']
            }""")
        start()
        soon.eventually { assert folder.resolve('begun').toFile().exists() }

        when:
        agent.stop()
        folder.resolve('go').toFile().text = ''
        loop.join()

        then:
        !folder.resolve('after').toFile().exists()
        folder.resolve('state/last-run.json').toFile().text.contains('"interrupted":true')
    }
}
