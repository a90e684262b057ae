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

/** The module convergeagent on a real host, which then converges itself by what is pushed. */
@Stepwise
@Requires({ TestHost.possible })
class ConvergeagentModuleSpec extends Specification {
    static final String AGENT = '''\
        include(Convergeagent) {
            url '/srv/site.git'
            program '/usr/local/bin/converge'
            secretFiles(['/etc/converge/token': 'push-token-7'])
        }
        '''.stripIndent()

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('convergeagent')

    @Shared
    @TempDir
    Path work

    def setupSpec() {
        host.write('/usr/local/bin/converge', "#!/bin/sh\nCONVERGE_BUILD=never exec $Converge.HERE.checkout/converge \"\$@\"\n")
        host.run('chmod', '755', '/usr/local/bin/converge')
        git('init', '-q', '--bare', '-b', 'main', host.path('/srv/site.git').toString())
        git('init', '-q', '-b', 'main', '.')
        push('one')
    }

    /** The site that the host follows: it has the agent in it, too. */
    private void push(String motd) {
        Files.writeString(work.resolve('converge.modules.yaml'), 'modules:\n  convergeagent:\n')
        Files.writeString(work.resolve('site.groovy'), "${AGENT}file('/etc/motd') { content('$motd') }\n")
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

    /** As the timer does it; waits for the end. */
    private void run() {
        host.run('systemctl', 'start', 'converge-run.service')
    }

    def "the host has the agent's files and a timer after one run, and the second changes nothing"() {
        expect:
        host.settles(AGENT)
        host.run('systemctl', 'is-active', 'converge-run.timer').trim() == 'active'
        host.run('systemctl', 'is-enabled', 'converge-run.timer').trim() == 'enabled'
        host.run('stat', '-c', '%U %a', '/etc/converge/agent.yaml', '/etc/converge/token').readLines() == ['root 600'] * 2
        !host.converge(AGENT, '--output', 'json').all.contains('push-token-7')
    }

    def "the timer's run converges the host from its checkout"() {
        when:
        run()

        then:
        host.read('/etc/motd') == 'one'
    }

    def "what is pushed is in force with the next run"() {
        given:
        push('two')

        when:
        run()

        then:
        host.read('/etc/motd') == 'two'
    }

    def "a push that does not compile leaves the host as it is, and the next one mends it"() {
        given:
        push("three'); nonsense('")

        when:
        def ran = host.attempt('systemctl', 'start', 'converge-run.service')

        then:
        !ran.ok
        host.read('/etc/motd') == 'two'

        when:
        push('four')
        run()

        then:
        host.read('/etc/motd') == 'four'
    }

    def "another version is put beside the one that runs, and switched to"() {
        given:
        host.run('sh', '-c', 'mkdir -p /tmp/a/converge-2 && cp /usr/local/bin/converge /tmp/a/converge-2/ && tar -C /tmp/a -czf /srv/converge-2.tar.gz converge-2 && rm /usr/local/bin/converge')
        def updated = AGENT + "file('/etc/motd') { content 'four' }\n"

        expect:
        host.settles(updated.replace("program '", "version '2'; archiveSource '/srv/converge-2.tar.gz'; program '"))
        host.run('readlink', '-f', '/usr/local/bin/converge').trim() == '/opt/converge/2/converge'
        host.run('/usr/local/bin/converge', '--version').startsWith('converge ')
    }

    def "the daemon takes the place of the timer, and is reloaded for its settings"() {
        given: 'a program that answers systemd as the daemon will'
        host.write('/usr/local/sbin/agent', '#!/bin/sh\ntrap "echo reloaded >>/run/agent" HUP\nsystemd-notify --ready\nwhile :; do sleep 1 & wait; systemd-notify WATCHDOG=1; done\n')
        host.run('chmod', '755', '/usr/local/sbin/agent')
        def daemon = AGENT.replace("program '/usr/local/bin/converge'", "program '/usr/local/sbin/agent'; daemon true")

        expect:
        host.settles(daemon)
        host.run('systemctl', 'is-active', 'converge-agent.service').trim() == 'active'
        !host.attempt('systemctl', 'cat', 'converge-run.timer').ok

        when:
        def ran = host.converge(daemon.replace('daemon true', "daemon true; interval '10m'"))

        then:
        ran.exit == 0
        ran.changes == ['file[/etc/converge/agent.yaml]', 'service[converge-agent]']
        host.read('/run/agent') == 'reloaded\n'
    }
}
