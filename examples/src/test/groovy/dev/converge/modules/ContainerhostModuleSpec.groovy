package dev.converge.modules

import dev.converge.testhost.BusyboxImage
import dev.converge.testhost.HostPodman
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import tools.jackson.databind.ObjectMapper

/** The module containerhost on a real host, by what podman and Docker say of themselves, and by a container's log. */
@Stepwise
@Requires({ TestHost.possible })
class ContainerhostModuleSpec extends Specification {
    /** What a host in a container cannot do: limits above the machine's own, control groups of systemd. */
    static final String PODMAN = """\
        include(Containerhost) {
            packages(['${HostPodman.PACKAGES.join("', '")}'])
            mirrors(['docker.io': ['mirror.example.com', 'cache.example.com:5000']])
            insecureRegistries(['cache.example.com:5000', 'old.example.com'])
            blockedRegistries(['evil.example.com'])
            logDriver 'k8s-file'
            logMaxSize '10k'
            pruneOnCalendar 'weekly'
            settings([
                containers: [default_ulimits: ['nofile=20000:20000', 'nproc=32768:32768'], pids_limit: 0],
                engine: [runtime: 'runc', cgroup_manager: 'cgroupfs', events_logger: 'file'],
                network: [network_backend: 'netavark'],
            ])
        }
        """.stripIndent()
    static final String DOCKER = '''\
        include(Containerhost) {
            engine 'docker'
            mirrors(['docker.io': ['mirror.example.com']])
            insecureRegistries(['old.example.com'])
            logMaxSize '5m'
            dockerUsers(['nobody'])
            settings(['storage-driver': 'vfs', iptables: false, bridge: 'none'])
        }
        '''.stripIndent()

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('containerhost')

    def setupSpec() {
        // Layers upon layers are another thing that it cannot have.
        host.write('/etc/containers/storage.conf', '[storage]\ndriver = "vfs"\ngraphroot = "/var/lib/containers/storage"\nrunroot = "/run/containers/storage"\n')
    }

    /** In a unit: a process that only entered the host is in none of its control groups, which containers inherit. */
    private String podman(String... words) {
        host.run('systemd-run', '--quiet', '--scope', 'podman', *words)
    }

    def "podman knows its registries after one run, and the second changes nothing"() {
        expect:
        host.settles(PODMAN)

        when:
        def info = new ObjectMapper().readValue(podman('info', '--format', 'json'), Map)

        then:
        info.registries.search == ['docker.io']
        info.registries['docker.io'].Mirrors*.Location == ['mirror.example.com', 'cache.example.com:5000']
        info.registries['docker.io'].Mirrors*.Insecure == [false, true]
        info.registries['old.example.com'].Insecure
        info.registries['evil.example.com'].Blocked
        info.host.logDriver == 'k8s-file'
        info.host.ociRuntime.name == 'runc'
    }

    def "podman answers Docker's API, and unused images are removed every week"() {
        expect:
        host.run('systemctl', 'is-active', 'podman.socket', 'containerhost-prune.timer').readLines() == ['active', 'active']
        host.run('systemctl', 'is-enabled', 'podman.socket', 'containerhost-prune.timer').readLines() == ['enabled', 'enabled']
        host.run('systemctl', 'start', 'containerhost-prune.service') == ''
    }

    def "the log of a container stays small"() {
        given:
        def archive = BusyboxImage.archive(host.path('/tmp'), [:])
        podman('import', '-q', "/tmp/$archive.fileName", 'localhost/loud:1')
        Files.delete(archive)

        when:
        podman('run', '--name', 'loud', '--network', 'none', 'localhost/loud:1', '/bin/busybox', 'sh', '-c', 'i=0; while [ $i -lt 2000 ]; do echo "line $i of many that are written"; i=$((i+1)); done')
        def log = podman('inspect', '--format', '{{.HostConfig.LogConfig.Path}}', 'loud').trim()

        then:
        host.run('stat', '-c', '%s', log).trim().toInteger() <= 10 * 1024
    }

    def "a file that podman refuses never takes its place"() {
        given:
        def before = host.read('/etc/containers/containers.conf.d/50-converge.conf')

        when:
        def ran = host.converge(PODMAN.replace('pids_limit: 0', "pids_limit: 'many'"))

        then:
        ran.exit == 4
        host.read('/etc/containers/containers.conf.d/50-converge.conf') == before
    }

    def "Docker has its mirrors and its limits of logs, and the second run changes nothing"() {
        expect:
        host.settles("user('nobody')\n" + DOCKER)

        when:
        def info = new ObjectMapper().readValue(host.run('docker', 'info', '--format', '{{json .}}'), Map)

        then:
        info.RegistryConfig.Mirrors == ['https://mirror.example.com/']
        !info.RegistryConfig.IndexConfigs['old.example.com'].Secure
        info.LoggingDriver == 'json-file'
        info.LiveRestoreEnabled
        host.read('/etc/docker/daemon.json').contains('"max-size": "5m"')
        host.run('runuser', '-u', 'nobody', '--', 'docker', 'ps', '-q') == ''
    }
}
