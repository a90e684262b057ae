package dev.converge.agent

import dev.converge.report.Run
import dev.converge.state.RunLock

/** When the agent runs, what it waits for, and how it ends. */
class AgentRunsSpec extends AgentSpecification {
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
