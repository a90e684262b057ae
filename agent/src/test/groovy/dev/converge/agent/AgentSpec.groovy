package dev.converge.agent

import dev.converge.diagnostic.Code
import dev.converge.diagnostic.Diagnostic

/** Which commit a host is held to, and what whoever asks is told of it. */
class AgentSpec extends AgentSpecification {
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

        when:
        end()

        then: 'so does the disk'
        with(HandRun.atRest(parts, AgentFile.read(file).value().get()).tree()) {
            !running
            newest == 'bbbb2'
            problems == answers[0].report.diagnostics
        }
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
}
