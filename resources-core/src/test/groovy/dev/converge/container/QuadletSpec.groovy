package dev.converge.container

import dev.converge.FolderHost
import dev.converge.ProviderContractSpec
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.model.Secret
import dev.converge.model.Text
import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import dev.converge.provider.Commands
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import dev.converge.schema.Values
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.TempDir

/** Containers that systemd starts, in a host that is a folder with a systemctl that knows two verbs. */
class QuadletSpec extends ProviderContractSpec<ContainerResource> {
    @TempDir
    Path root

    Set<String> active = []
    List<String> ran = []
    boolean broken
    boolean stillBroken

    def setup() {
        def generator = root.resolve('usr/lib/systemd/system-generators/podman-system-generator')
        Files.createDirectories(generator.parent)
        Files.writeString(generator, '')
        Files.createDirectories(root.resolve('etc/containers/systemd'))
    }

    @Override
    ContainerType schema() {
        new ContainerType()
    }

    /** Its unit comes back, and is not started. */
    @Override
    protected Collection<String> lost() {
        ['running']
    }

    @Override
    Host newHost() {
        new FolderHost(root, { Command command -> systemctl(command.argv()*.reveal()) } as Commands)
    }

    private CommandResult systemctl(List<String> words) {
        ran << words.join(' ')
        if (words[1] == 'show') {
            return new CommandResult(0, words.drop(3).collect { "Id=$it\nActiveState=${it in active ? 'active' : 'inactive'}\n" }.join('\n'), '', false)
        }
        if (words[0] == 'journalctl') {
            return new CommandResult(0, 'no such image', '', false)
        }
        if (words[1] == 'restart' && broken) {
            broken = stillBroken
            return new CommandResult(1, '', 'Job failed.', false)
        }
        if (words[1] == 'restart') {
            active << words[2]
        }
        if (words[1] == 'stop') {
            active.remove(words[2])
        }
        new CommandResult(0, '', '', false)
    }

    /** An inspection asks the engine, and there is none here. */
    @Override
    boolean isInspectable() {
        false
    }

    @Override
    Map<String, Closure<ContainerResource>> samples() {
        [
            'container of systemd': { container([:]) },
            'container of systemd with secrets': { container([environment: [TOKEN: Text.of(Secret.of('s3cret'))]]) },
            'container of systemd that does not run': { container([running: false]) },
        ]
    }

    ContainerResource container(Map<String, ?> attributes) {
        resource('web', [image: 'nginx:1.27', managedBy: 'systemd'] + attributes)
    }

    String unit() {
        Files.readString(root.resolve('etc/containers/systemd/web.container'))
    }

    def "the unit says all that is declared, so that nothing in it is split or expanded"() {
        when:
        converge(container([
            command: ['sh', '-c', 'echo "$HOME" 100%; sleep 9'], entrypoint: ['/init'], environment: [A: Text.of('1'), B: Text.of(Secret.of('s3cret'))],
            ports: ['127.0.0.1:8080:80'], volumes: ['data:/data', '/etc/app:/etc/app:ro'], tmpfs: ['/run:size=1m'], networks: ['host'], user: 'app', hostname: 'box',
            capabilities: ['NET_ADMIN'], dropCapabilities: ['ALL'], readOnly: 'true', labels: [a: 'b c'], healthCheck: ['curl -f http://localhost/'], healthInterval: '30s',
            restart: 'unless-stopped', memory: '64m', cpus: '0.5', pidsLimit: '10', stopTimeout: '5s',
        ]))

        then:
        unit() == '''\
            # Written by Converge; changes by hand are replaced.
            [Unit]
            Description=Container web
            Wants=network-online.target
            After=network-online.target

            [Container]
            ContainerName=web
            Image=docker.io/library/nginx:1.27
            Exec=sh -c "echo \\"$$HOME\\" 100%%; sleep 9"
            EnvironmentFile=/etc/containers/systemd/web.env
            PublishPort=127.0.0.1:8080:80
            Volume=data:/data
            Volume=/etc/app:/etc/app:ro
            Network=host
            AddCapability=NET_ADMIN
            DropCapability=ALL
            ReadOnly=true
            Label="a=b c"
            PodmanArgs="--entrypoint=[\\"/init\\"]"
            PodmanArgs=--user=app
            PodmanArgs=--hostname=box
            PodmanArgs=--tmpfs=/run:size=1m
            PodmanArgs=--pull=missing
            PodmanArgs=--stop-timeout=5
            PodmanArgs=--memory=67108864
            PodmanArgs=--cpus=0.5
            PodmanArgs=--pids-limit=10
            PodmanArgs="--health-cmd=curl -f http://localhost/"
            PodmanArgs=--health-interval=30000ms

            [Service]
            Restart=always
            TimeoutStartSec=660
            TimeoutStopSec=35

            [Install]
            WantedBy=multi-user.target
            '''.stripIndent()
        Files.readString(root.resolve('etc/containers/systemd/web.env')) == 'A=1\nB=s3cret\n'
        PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve('etc/containers/systemd/web.env'))) == 'rw-------'
        ran.findAll { !it.contains('show') } == ['systemctl daemon-reload', 'systemctl restart web.service']
    }

    def "a secret that changes restarts the service, and is shown nowhere"() {
        given:
        converge(container([environment: [TOKEN: Text.of(Secret.of('first-one'))]]))

        when:
        def change = converge(container([environment: [TOKEN: Text.of(Secret.of('other-one'))]])).get()

        then:
        change.attributes()*.attribute()*.name() == ['unitVariables']
        !change.attributes().collect { [Values.display(it.before()), Values.display(it.after()), Values.plain(it.before()), Values.plain(it.after())] }.toString().contains('one')
        ran.last() == 'systemctl restart web.service'
        !unit().contains('one')
    }

    def "a service that was stopped is started, and nothing is written"() {
        given:
        converge(container([:]))
        active.clear()

        expect:
        converge(container([:])).get().attributes()*.attribute()*.name() == ['running']
        difference(container([:])).empty
    }

    def "the old unit is back when the new one does not start, and the journal is quoted"() {
        given:
        converge(container([:]))
        def before = unit()

        when:
        broken = true
        converge(container([user: 'nobody']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('no such image')
        unit() == before
        ran.last() == 'systemctl restart web.service'
    }

    def "when the old unit does not start either, what was wrong with the new one is still said"() {
        given:
        converge(container([:]))

        when:
        broken = true
        stillBroken = true
        converge(container([user: 'nobody']))

        then:
        def failure = thrown(ResourceFailure)
        failure.message.startsWith('systemctl restart web.service failed')
        failure.message.contains('does not start either')
    }

    def "a service of the host is not put aside by a container of its name"() {
        given:
        def nginx = root.resolve('usr/lib/systemd/system/web.service')
        Files.createDirectories(nginx.parent)
        Files.writeString(nginx, '[Service]')

        when:
        provider().check(difference(container([:])).get(), newHost())

        then:
        def failure = thrown(ResourceFailure)
        failure.message.contains('/usr/lib/systemd/system/web.service')
    }

    def "a podman without Quadlet is refused before anything is written"() {
        given:
        Files.delete(root.resolve('usr/lib/systemd/system-generators/podman-system-generator'))

        when:
        converge(container([:]))

        then:
        def failure = thrown(ResourceFailure)
        failure.advice().get().contains('4.4')
        Files.list(root.resolve('etc/containers/systemd')).count() == 0
    }

    def "a variable of several lines is refused in the manifest"() {
        when:
        container([environment: [KEY: Text.of('a\nb')]])

        then:
        thrown(InvalidValueException)
    }

    def "a service that a killed run had not started anew runs by the new file after recovery"() {
        given:
        converge(container([:]))
        ran.clear()

        when:
        recover(container(declared))

        then:
        ran.findAll { it.contains('daemon-reload') || it.contains('restart') } == told

        where:
        declared          || told
        [:]               || ['systemctl daemon-reload', 'systemctl restart web.service']
        [hostname: 'new'] || ['systemctl daemon-reload']
        [running: false]  || ['systemctl daemon-reload']
    }
}
