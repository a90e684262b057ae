package dev.converge.examples

import dev.converge.Converge
import dev.converge.target.CloudInitSchema
import dev.converge.testhost.HostPodman
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.util.zip.GZIPInputStream
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout
import tools.jackson.databind.json.JsonMapper

/**
 * A real cloud-init makes of the render of each example what a run of Converge makes of the example itself: the same users,
 * packages, units, containers and files, and nothing that a dry run would change. Of rancher-cluster, which formats a disk,
 * the same is proved by RancherClusterHostSpec.
 */
@Timeout(900)
@Requires({ TestHost.possible })
class CloudInitParitySpec extends Specification {
    /** With what the fleet's hosts have besides; whoever else boots by cloud-init takes the same, as each list is a system of its own. */
    static final List<String> PACKAGES = ['apt-listchanges', 'cloud-init', 'needrestart', 'rsync']

    /** The kernel is the machine's: a host has only that of its networks for itself. */
    static final String KERNEL = 'base.kernel: { net.ipv4.tcp_syncookies: 1, net.core.somaxconn: 4096 }\n'

    static final String MANIFESTS = '/var/cache/converge/manifests'

    @Shared
    @AutoCleanup
    TestHost machine = Converge.HERE.boot(packages: PACKAGES)

    @Shared
    @TempDir
    Path cache

    @Shared
    Renderer renderer

    def setupSpec() {
        renderer = new Renderer(cache)
        machine.install('cloud-init')
        // The kernel's locale is the machine's; nobody else has user-data for it.
        write('/etc/cloud/cloud.cfg.d/99-test.cfg', 'datasource_list: [ NoCloud, None ]\nlocale: false\n')
        write('/etc/cloud/cloud-init.disabled', '')
        write('/etc/converge/facts.d/role.json', '{"role": "web"}')
        Files.writeString(Path.of("$Converge.HERE.checkout/examples/fleet/data/hosts/${machine.name}.yaml"), KERNEL)
        // There is no registry.
        HostPodman.install(machine).image('docker.io/library/busybox:1.36')
        machine.snapshot()
    }

    def "#example: booted by cloud-init it is the host that a run makes"() {
        given:
        def site = "$Converge.HERE.checkout/examples/$example"
        def secrets = example == 'mysql' ? ['--allow-secrets'] : []

        and: 'user-data for the host as it is now'
        def rendered = Converge.HERE.inside(machine, 'render', 'cloud-init', site, '-o', '/root/user-data', *secrets)
        assert rendered.exit == 0 : rendered
        def userData = Files.readAllBytes(machine.path('/root/user-data'))

        when: 'a run makes it'
        def ran = Converge.HERE.inside(machine, site)
        def again = Converge.HERE.inside(machine, '--dry-run', site)
        def expected = HostState.of(machine)

        then:
        ran.exit == 0
        again.exit == 0

        when: 'cloud-init makes it'
        def status = boot(userData)
        def inSync = Converge.HERE.inside(machine, '--dry-run', site)
        def actual = HostState.of(machine)

        then:
        status.contains('status: done')
        inSync.exit == 0
        inSync.changes == []
        HostState.differences(expected, actual) == []
        accepted(userData)

        cleanup:
        machine.reset()

        where:
        example << ExamplesSpec.EXAMPLES + 'fleet'
    }

    def "cloud-init itself accepts the user-data of #host (#role) of the fleet"() {
        expect:
        accepted(renderer.userData('fleet', FleetHosts.facts(host)).bytes)

        where: 'one host of each role'
        [role, host] << FleetHosts.ALL.keySet().groupBy { FleetHosts.ALL[it].role }.collect { role, hosts -> [role, hosts[0]] }
    }

    def "a machine that asks converge serve for its user-data is the host that a run makes"() {
        given: 'a server beside it, as far away as its loopback, and the argument of a kernel that is not its own'
        write('/root/site/site.groovy', '''\
            group('shop') { system true }
            user('shop') { system true; gid 'shop'; shell '/bin/bash'; home '/srv/shop'; manageHome true }
            file('/srv/shop/greeting') { content "from ${facts.fqdn}\\n"; owner 'shop'; group 'shop'; mode '0640' }
            '''.stripIndent())
        def facts = Converge.HERE.inside(machine, 'facts', '--output', 'json').out
        def name = JsonMapper.shared().readValue(facts, Map).fqdn
        write('/root/site/facts.json', facts)
        write('/root/site/data/common.yaml', "serve: { facts: facts.json, hosts: { '$name': { serial: X-1, token: 0123456789abcdef } } }\n")
        write('/etc/systemd/system/converge-serve.service', """\
            [Unit]
            DefaultDependencies=no
            After=local-fs.target
            Before=cloud-init.service
            [Service]
            Type=notify
            Environment=CONVERGE_BUILD=never
            StandardOutput=append:/root/serve.log
            ExecStart=$Converge.HERE.checkout/converge serve /root/site --state-dir /root/serve
            [Install]
            RequiredBy=cloud-init.service
            """.stripIndent())
        ['cloud-init-local', 'cloud-init', 'cloud-config', 'cloud-final'].each {
            write("/etc/systemd/system/${it}.service.d/kernel.conf", '[Service]\nEnvironment="DEBUG_PROC_CMDLINE=ds=nocloud;dsmode=net;s=http://127.0.0.1:8069/0123456789abcdef/X-1/"\n')
        }
        machine.run('systemctl', 'enable', 'converge-serve')
        machine.run('rm', '/etc/cloud/cloud-init.disabled')

        when:
        machine.reboot()
        def ended = machine.attempt('cloud-init', 'status', '--wait')
        def inSync = Converge.HERE.inside(machine, '--dry-run', '/root/site')
        def log = Files.readString(machine.path('/root/serve.log'))
        assert ended.ok : "$ended.output\n${machine.attempt('cloud-init', 'status', '--long').output}\n$log"

        then:
        machine.run('cloud-init', 'status', '--long').contains('DataSourceNoCloudNet')
        inSync.exit == 0
        ['meta-data', 'user-data', 'vendor-data'].every { log.contains("GET /********/X-1/$it 200 ") }

        cleanup:
        machine.reset()
    }

    /** As a machine that is started for the first time; what cloud-init says at its end. */
    private String boot(byte[] userData) {
        def manifests = compiled()
        machine.reset {
            Files.delete(machine.path('/etc/cloud/cloud-init.disabled'))
            write('/var/lib/cloud/seed/nocloud/meta-data', 'instance-id: test-1\n')
            Files.write(machine.path('/var/lib/cloud/seed/nocloud/user-data'), userData)
            manifests.each { name, code -> Files.write(Files.createDirectories(machine.path(MANIFESTS)).resolve(name), code) }
        }
        def ended = machine.attempt('cloud-init', 'status', '--wait')
        assert ended.ok : "$ended.output\n${machine.attempt('cat', '/var/log/cloud-init-output.log').output}"
        ended.output
    }

    /** The site in byte code, which takes seconds to make and is the same in both hosts. */
    private Map<String, byte[]> compiled() {
        machine.path(MANIFESTS).toFile().listFiles().collectEntries { [it.name, it.bytes] }
    }

    /** By cloud-init itself, and by its schema in strict form. */
    private boolean accepted(byte[] userData) {
        def text = userData[0] == 0x1f as byte ? new GZIPInputStream(new ByteArrayInputStream(userData)).getText('UTF-8') : new String(userData, 'UTF-8')
        write('/root/plain', text)
        def said = machine.run('cloud-init', 'schema', '--config-file', '/root/plain')
        assert said.contains('Valid cloud-config') && !said.contains('deprecat')
        CloudInitSchema.accepts(text)
    }

    private void write(String path, String text) {
        def file = machine.path(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }
}
