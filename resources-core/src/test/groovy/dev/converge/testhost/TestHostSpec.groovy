package dev.converge.testhost

import dev.converge.model.Text
import dev.converge.provider.Command
import java.nio.file.Files
import java.nio.file.Path
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Timeout
import spock.util.concurrent.PollingConditions

/** The fixture itself: what other specs rely on. */
@Requires({ TestHost.possible })
@Timeout(300)
class TestHostSpec extends Specification {
    @Shared
    @AutoCleanup
    TestHost machine = TestHost.start()

    def "systemd has brought everything up"() {
        expect:
        machine.run('systemctl', 'is-system-running').trim() == 'running'
        machine.run('hostname').trim() == machine.name
        machine.run('systemctl', 'is-active', 'cron', 'ssh').readLines() == ['active', 'active']
    }

    def "a service starts, and what it writes to /run is seen from the machine"() {
        given:
        Files.writeString(machine.path('/etc/systemd/system/probe.service'), '''\
            [Service]
            Type=oneshot
            ExecStart=/bin/sh -c 'echo here >/run/probe'
            '''.stripIndent())

        when:
        machine.run('systemctl', 'daemon-reload')
        machine.run('systemctl', 'start', 'probe')

        then:
        Files.readString(machine.path('/run/probe')) == 'here\n'
    }

    def "a provider's command runs inside: its processes, its network, its accounts"() {
        given:
        def commands = machine.host().commands()

        expect:
        commands.run(Command.of('ps', '-o', 'comm=', '1')).output().trim() == 'systemd'
        commands.run(Command.of('cat', '/proc/net/dev')).output().readLines().size() == 3
        commands.run(Command.of('id', '-un').user('sshd')).output().trim() == 'sshd'
        commands.run(Command.of('pwd').directory(Path.of('/etc/systemd'))).output().trim() == '/etc/systemd'
        commands.run(Command.of('cat').input(Text.of('fed'))).output() == 'fed'
    }

    def "a command that exceeds its time limit is killed with its children"() {
        when:
        def ended = machine.commands().run(Command.of('sh', '-c', 'sleep 4711 & sleep 4712').timeout(Duration.ofMillis(300)))

        then:
        ended.timedOut()
        !machine.attempt('pgrep', '-f', 'sleep 471[12]').ok
    }

    def "its kernel's settings cannot be changed by mistake, since they are the machine's"() {
        when:
        Files.writeString(machine.path('/proc/sys/kernel/hostname'), 'oops')

        then:
        thrown(IOException)
        Files.readString(machine.path('/proc/1/comm')) == 'systemd\n'
    }

    def "packages at hand are installed without a network, and their services start"() {
        when:
        machine.install('nginx-light')

        then:
        machine.run('systemctl', 'is-active', 'nginx').trim() == 'active'
    }

    def "reset goes back to the last snapshot"() {
        given:
        Files.writeString(machine.path('/etc/before'), '')
        machine.snapshot()

        when:
        Files.writeString(machine.path('/etc/after'), '')
        machine.run('useradd', 'somebody')
        machine.reset()

        then:
        Files.exists(machine.path('/etc/before'))
        !Files.exists(machine.path('/etc/after'))
        !machine.attempt('id', 'somebody').ok
        machine.run('systemctl', 'is-system-running').trim() == 'running'
    }

    @Requires({ ContainerEngine.podmanPossible })
    def "containers run inside it, and answer to Docker's API"() {
        given:
        def podman = HostPodman.install(machine)
        podman.image('localhost/box:1', 'CMD ["httpd", "-f", "-h", "/etc"]', '/etc/index.html': 'hello')

        when:
        podman.run('run', '-d', '--name', 'one', '-p', '8080:80', 'localhost/box:1')

        then:
        new PollingConditions(timeout: 10).eventually {
            assert podman.run('exec', 'one', 'wget', '-qO-', 'http://127.0.0.1/') == 'hello'
        }
        machine.run('podman', 'ps', '--format', '{{.Names}}').trim() == 'one'
        Files.exists(podman.socket)
    }

    def "a second one runs beside it, and leaves nothing behind"() {
        when:
        def other = TestHost.start(readOnly: ['/usr/lib/jvm'])

        then:
        other.run('hostname') != machine.run('hostname')
        other.run('ls', '/usr/lib/jvm') != ''

        when:
        other.close()

        then:
        traces(other.name) == []
    }

    def "what a killed run left is taken away by the next"() {
        given:
        def path = System.getProperty('surefire.test.class.path') ?: System.getProperty('java.class.path')
        def ended = Shell.run(["${System.getProperty('java.home')}/bin/java", '-cp', path, KilledRun.name])
        def name = ended.output.trim()
        assert ended.exit == 137 && traces(name).size() == 4

        when:
        TestHost.start().close()

        then:
        traces(name) == []
    }

    /** Where the machine shows that there is a host of this name. */
    private static List<String> traces(String name) {
        [
            folder: Files.exists(TestHost.HOSTS.resolve(name)),
            mounts: new File('/proc/self/mounts').text.contains(name),
            processes: Shell.run(['pgrep', '-f', "systemd-nspawn.*$name"]).ok,
            groups: Shell.must(['find', '/sys/fs/cgroup', '-name', name]) != '',
        ].findAll { it.value }*.key
    }
}
