package dev.converge.modules

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions
import tools.jackson.databind.json.JsonMapper

/** The module convergeagent on a real host: its agent runs under systemd, and keeps the host by what is pushed. */
@Stepwise
@Timeout(600)
@Requires({ TestHost.possible })
class ConvergeagentModuleSpec extends Specification {
    static final String AGENT = '''\
        include(Convergeagent) {
            url '/srv/site.git'
            program '/usr/local/bin/converge'
            secretFiles(['/etc/converge/token': 'push-token-7'])
            reports([])
        }
        '''.stripIndent()

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('convergeagent')

    @Shared
    @TempDir
    Path work

    def soon = new PollingConditions(timeout: 120, delay: 0.2)

    def setupSpec() {
        host.write('/usr/local/bin/converge', "#!/bin/sh\nCONVERGE_BUILD=never exec $Converge.HERE.checkout/converge \"\$@\"\n")
        host.run('chmod', '755', '/usr/local/bin/converge')
        git('init', '-q', '--bare', '-b', 'main', host.path('/srv/site.git').toString())
        git('init', '-q', '-b', 'main', '.')
        push('one')
    }

    /** The site that the host follows: it has the agent in it, too. */
    private void push(String motd, String more = '', String agent = AGENT) {
        Files.writeString(work.resolve('converge.modules.yaml'), 'modules:\n  convergeagent:\n')
        Files.writeString(work.resolve('site.groovy'), "${agent}file('/etc/motd') { content('$motd') }\n$more")
        git('add', '-A')
        git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', motd)
        git('push', '-q', host.path('/srv/site.git').toString(), 'main')
        host.run('chown', '-R', 'root:root', '/srv/site.git')
    }

    private void git(String... words) {
        def process = new ProcessBuilder(['git', *words]).directory(work.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }

    private agent(String... words) {
        host.attempt('/usr/local/bin/converge', 'agent', *words)
    }

    private Map status() {
        new JsonMapper().readValue(host.run('/usr/local/bin/converge', 'agent', 'status', '--output', 'json'), Map)
    }

    private String unit(String property) {
        host.run('systemctl', 'show', '-P', property, 'converge-agent').trim()
    }

    private void motd(String text) {
        soon.eventually { assert host.read('/etc/motd') == text }
    }

    private void idle() {
        soon.eventually { assert status().doing == 'idle' }
    }

    def "one run by hand sets the agent up, which keeps the host from then on by its repository"() {
        expect:
        host.converge(AGENT).exit == 0
        motd('one')
        idle()
        unit('ActiveState') == 'active'
        host.run('systemctl', 'is-enabled', 'converge-agent').trim() == 'enabled'
        host.run('stat', '-c', '%U %a', '/etc/converge/agent.yaml', '/etc/converge/token').readLines() == ['root 600'] * 2
        unit('StatusText').contains('in sync')
    }

    def "what is pushed is in force when somebody asks, and the next run changes nothing"() {
        given:
        push('two')

        when:
        def asked = agent('once')

        then:
        asked.ok
        asked.output.contains('changed 1')
        host.read('/etc/motd') == 'two'
        agent('once').output.contains('changed 0, failed 0')
    }

    def "the journal has entries with fields, and no secret"() {
        when:
        def entries = host.run('journalctl', '-u', 'converge-agent', '-o', 'json', 'CONVERGE_TRIGGER=asked').readLines().collect { new JsonMapper().readValue(it, Map) }

        then:
        entries.any { it.MESSAGE == 'file[/etc/motd] changed' && it.CONVERGE_RESOURCE == 'file[/etc/motd]' && it.CONVERGE_COMMIT ==~ /[0-9a-f]{40}/ && it.MESSAGE_ID ==~ /[0-9a-f]{32}/ }
        !host.run('journalctl', '-u', 'converge-agent', '-o', 'json').contains('push-token-7')
    }

    def "a push that does not compile leaves the last good commit in force, and is told"() {
        given:
        push('three', 'nonsense(')

        when:
        def asked = agent('once')

        then:
        !asked.ok
        asked.output.contains('The newest commit does not compile')
        host.read('/etc/motd') == 'two'
        status().newest != status().commit.id
        status().problems[0].summary == 'The newest commit does not compile'

        when:
        push('four')

        then:
        agent('once').ok
        host.read('/etc/motd') == 'four'
        status().problems == []
    }

    def "an agent that is killed in a run is started anew, makes up for it, and goes on without its repository"() {
        given:
        push('five', "exec('slow') { command 'sh', '-c', 'test -e /run/begun || { touch /run/begun; sleep 300; }'; requires file['/etc/motd'] }")
        def asking = Thread.start { agent('once') }
        soon.eventually { assert Files.exists(host.path('/run/begun')) }
        host.run('mv', '/srv/site.git', '/srv/away.git')
        def pid = unit('MainPID')

        when:
        host.run('kill', '-9', pid)
        asking.join()

        then:
        soon.eventually {
            assert unit('ActiveState') == 'active' && unit('MainPID') != pid
            assert status().doing == 'idle' && status().lastRun?.exit != null
        }
        host.read('/etc/motd') == 'five'
        host.run('journalctl', '-u', 'converge-agent').contains('An earlier run was killed')
        !agent('once').ok
        status().problems*.summary == ['Site not fetched']

        cleanup:
        host.run('mv', '/srv/away.git', '/srv/site.git')
    }

    def "a disabled agent changes nothing, over a restart too, until it is enabled"() {
        expect:
        agent('disable', 'disk is replaced').ok
        unit('StatusText').contains('disk is replaced')

        when:
        push('six')
        host.run('systemctl', 'restart', 'converge-agent')
        def asked = agent('once')

        then:
        !asked.ok
        asked.output.contains('disk is replaced')
        host.read('/etc/motd') == 'five'

        when:
        agent('enable')

        then:
        motd('six')
    }

    def "settings that come with a push are followed after the run, and mistakes in them are refused and told"() {
        given:
        idle()

        when:
        push('six', '', AGENT.replace('reports([])', "reports([]); settings([enviroment: 'prod'])"))
        agent('once')

        then:
        soon.eventually { assert status().problems.any { it.detail.contains('enviroment') } }
        status().source.environment == 'main'

        when:
        push('six', '', AGENT.replace('reports([])', "reports([]); settings([environment: 'prod'])"))
        agent('once')

        then:
        soon.eventually { assert status().source.environment == 'prod' }
        status().problems == []
        host.read('/etc/motd') == 'six'
    }

    def "systemd starts an agent anew whose loop does not live any more"() {
        given:
        host.write('/etc/systemd/system/converge-agent.service.d/watch.conf', '[Service]\nWatchdogSec=4\nRestartSec=1\n')
        host.run('systemctl', 'daemon-reload')
        host.run('systemctl', 'restart', 'converge-agent')
        idle()
        def pid = unit('MainPID')

        when:
        host.run('kill', '-STOP', pid)

        then:
        soon.eventually { assert unit('ActiveState') == 'active' && unit('MainPID') != pid }
        host.run('journalctl', '-u', 'converge-agent').contains('Watchdog timeout')

        cleanup:
        host.run('rm', '-r', '/etc/systemd/system/converge-agent.service.d')
        host.run('systemctl', 'daemon-reload')
    }

    def "the end is clean, and nothing is left in memory"() {
        when:
        host.run('systemctl', 'restart', 'converge-agent')
        idle()
        host.run('systemctl', 'stop', 'converge-agent')

        then:
        unit('Result') == 'success'
        status().running == false
        agent('once').ok

        cleanup:
        host.run('systemctl', 'start', 'converge-agent')
    }

    def "without a site, converge does one run of what the agent follows; a dry one writes nothing"() {
        given: 'nobody who would put it back first'
        host.run('systemctl', 'stop', 'converge-agent')
        host.run('sh', '-c', 'echo moved > /etc/motd')

        when:
        def dry = host.attempt('/usr/local/bin/converge', '--dry-run')

        then:
        dry.exit == 2
        host.read('/etc/motd') == 'moved\n'

        when:
        def live = host.attempt('/usr/local/bin/converge', '--wait', '1m')

        then:
        live.ok
        host.read('/etc/motd') == 'six'
    }

    def "another version is put beside the one that runs, and is the one that runs after it"() {
        given:
        idle()
        host.run('sh', '-c', 'mkdir -p /tmp/a/converge-2 && cp /usr/local/bin/converge /tmp/a/converge-2/ && tar -C /tmp/a -czf /srv/converge-2.tar.gz converge-2')
        def updated = AGENT.replace("program '", "version '2'; archiveSource '/srv/converge-2.tar.gz'; program '")

        when:
        host.run('rm', '/usr/local/bin/converge')
        def ran = host.converge(updated, '--wait', '1m')

        then:
        ran.exit == 0
        host.run('readlink', '-f', '/usr/local/bin/converge').trim() == '/opt/converge/2/converge'
        host.run('/usr/local/bin/converge', '--version').startsWith('converge ')
    }
}
