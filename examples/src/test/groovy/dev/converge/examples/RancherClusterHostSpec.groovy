package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.testhost.ContainerEngine
import dev.converge.testhost.HostPodman
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.Timeout
import tools.jackson.databind.json.JsonMapper

/**
 * The manifest of the host with RancherOS, on a host that is none: a run of Converge and the rendered script make the same
 * of it, and neither formats its disk again. The disk is a file, and what its images have in them is busybox.
 */
@Stepwise
@Timeout(600)
@Requires({ TestHost.possible && ContainerEngine.podmanPossible })
class RancherClusterHostSpec extends Specification {
    static final String DISK = '/srv/disk.img'

    @Shared
    @AutoCleanup
    TestHost machine = Converge.HERE.boot()

    @Shared
    HostPodman podman

    @Shared
    Map<String, String> madeByConverge

    def setupSpec() {
        podman = HostPodman.install(machine)
        podman.image('docker.io/hashicorp/consul:1.20', 'ENTRYPOINT ["/bin/sh", "-c", "trap exit TERM; sleep 86400 & wait"]')
        podman.image('docker.io/library/nginx:1.27', 'CMD ["httpd", "-f", "-h", "/usr/share/nginx/html"]')
        machine.install('busybox')
        machine.run('useradd', '-m', 'rancher')
        write('/etc/hostname', 'node-1\n') // as by DHCP: settings of the kernel can only be read in here
        machine.run('truncate', '-s', '64M', DISK)
        consul()
        machine.run('systemctl', 'enable', '-q', 'podman.socket', 'consul')
        site()
        machine.snapshot()
    }

    /** The part of Consul's API that is asked, on the host's own loopback: GET /v1/kv/PREFIX/?recurse. */
    private void consul() {
        kept('cluster/nodes/node-1/', ['node/name': 'node-1', 'node/disk': DISK, 'environment/RACK': 'r7'])
        kept('cluster/all/', ['environment/HTTP_PROXY': 'http://proxy.example.com:3128', 'consul/join': '10.0.0.5'])
        write('/etc/systemd/system/consul.service', '[Service]\nExecStart=/bin/busybox httpd -f -p 127.0.0.1:8500 -h /srv/consul\n[Install]\nWantedBy=basic.target\n')
        write('/etc/converge/data.sources', 'http://127.0.0.1:8500\n')
        machine.run('chmod', '644', '/etc/converge/data.sources')
    }

    private void kept(String prefix, Map<String, String> values) {
        def entries = values.collect { key, value -> [Key: "$prefix$key" as String, Value: value.bytes.encodeBase64().toString(), Flags: 0] }
        write("/srv/consul/v1/kv/${prefix}index.html", JsonMapper.shared().writeValueAsString(entries))
    }

    /** The example as it is, but for a setting of the kernel, which is the machine's: as it is set there. */
    private void site() {
        ['site.groovy', 'data/hierarchy.yaml', 'data/common.yaml'].each {
            write("/root/site/$it", Files.readString(Repository.path("examples/rancher-cluster/$it")).replace('262144', machine.run('cat', '/proc/sys/vm/max_map_count').trim()))
        }
    }

    private void write(String path, String text) {
        def file = machine.path(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    /** What the disk holds, but for its number, and what runs, besides all that can be seen of files. */
    private Map<String, String> state() {
        def state = HostState.of(machine).findAll { path, rest -> !['/var/lib/containers', '/root', 'unit run-'].any { path.startsWith(it) } }
        state + [disk: disk('TYPE') + disk('LABEL'), host: machine.run('hostname'), containers: containers()]
    }

    private String disk(String property) {
        machine.run('blkid', '-p', '-o', 'value', '-s', property, DISK)
    }

    private String containers() {
        podman.run('inspect', '--format', '{{.Name}} {{.ImageName}} {{.Config.Cmd}} {{.HostConfig.NetworkMode}} {{.HostConfig.RestartPolicy.Name}} {{.HostConfig.Binds}} {{.HostConfig.PortBindings}} {{.State.Running}}', 'consul', 'web')
    }

    def "a host whose kernel settings can only be read is named all the same"() {
        given:
        write('/root/named/site.groovy', "hostName 'node-2'\n")

        when:
        def ran = Converge.HERE.inside(machine, '/root/named')
        def again = Converge.HERE.inside(machine, '--dry-run', '/root/named')

        then:
        ran.exit == 0
        ran.changes == ['hostName[node-2]']
        machine.run('hostname') == 'node-2\n'
        again.exit == 0

        cleanup:
        machine.reset()
    }

    def "a run formats the disk, names the host, and starts its containers; the next one leaves all that alone"() {
        when:
        def first = Converge.HERE.inside(machine, '/root/site')
        assert first.exit == 0 : first
        def uuid = disk('UUID')
        def second = Converge.HERE.inside(machine, '/root/site')
        madeByConverge = state()

        then:
        first.changes.containsAll(["filesystem[$DISK]" as String, 'container[consul]', 'container[web]'])
        machine.run('hostname') == 'node-1\n'
        second.exit == 0
        second.changes == []
        disk('UUID') == uuid
        madeByConverge.disk == 'ext4\nRANCHER_STATE\n'
        machine.run('cat', '/etc/environment') == 'HTTP_PROXY=http://proxy.example.com:3128\nRACK=r7\n'
        podman.run('exec', 'web', 'wget', '-qO-', 'http://127.0.0.1/') == '<h1>node-1</h1>\n'

        cleanup:
        machine.reset()
    }

    def "its script makes the same host, in which Converge finds nothing to do, and changes nothing when it is run again"() {
        given:
        def rendered = Converge.HERE.inside(machine, 'render', 'shell', '/root/site', '-o', '/root/first-boot.sh')
        assert rendered.exit == 0 : rendered

        when:
        def first = run()
        assert first.ok : first.output
        def made = state()
        def differences = HostState.differences(madeByConverge, made)
        def inSync = Converge.HERE.inside(machine, '--dry-run', '/root/site')

        then:
        differences == []
        inSync.exit == 0

        when:
        def uuid = disk('UUID')
        def started = podman.run('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', 'consul', 'web')
        def second = run()

        then:
        second.ok
        disk('UUID') == uuid
        podman.run('inspect', '--format', '{{.Id}} {{.State.StartedAt}}', 'consul', 'web') == started
        HostState.differences(made, state()) == []
    }

    /** As a boot does, in a unit: containers inherit its control groups. It is none that ends what it has left. */
    private run() {
        machine.attempt('systemd-run', '--quiet', '--scope', 'sh', '/root/first-boot.sh')
    }
}
