package dev.converge.agent

/** What people let the agent do: its settings, read anew, and whether it may do anything. */
class AgentSettingsSpec extends AgentSpecification {
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
}
