package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import java.security.MessageDigest
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir
import spock.lang.Timeout
import tools.jackson.databind.json.JsonMapper

/**
 * A machine that has nothing but cloud-init and a JDK gets Converge by user-data, and becomes what its site's repository
 * says: by one run, then as a machine on which the agent stays.
 */
@Stepwise
@Timeout(600)
@Requires({ TestHost.possible })
class BootstrapSpec extends Specification {
    static final String ARCHIVE = 'http://127.0.0.1:8000/converge-9.1.tar.gz'
    static final String SERVER = '''\
        [Service]
        ExecStart=/usr/bin/python3 -m http.server --bind 127.0.0.1 --directory /srv 8000
        [Install]
        WantedBy=basic.target
        '''.stripIndent()

    @Shared
    @AutoCleanup
    TestHost machine = Converge.HERE.boot(packages: CloudInitParitySpec.PACKAGES)

    @Shared
    @TempDir
    Path work

    @Shared
    int boots = 0

    def setupSpec() {
        machine.install('cloud-init', 'curl')
        write('/etc/cloud/cloud.cfg.d/99-test.cfg', 'datasource_list: [ NoCloud, None ]\nlocale: false\n')
        write('/etc/systemd/system/downloads.service', SERVER)
        machine.run('systemctl', 'enable', '-q', 'downloads')
        archive()
        repository()
        push('one')
    }

    /** What starts the Converge that is tested, as an archive and as a package. */
    private void archive() {
        def starts = "#!/bin/sh\nCONVERGE_BUILD=never exec $Converge.HERE.checkout/converge \"\$@\"\n"
        write('/srv/converge-9.1/converge', starts)
        write('/srv/deb/usr/bin/converge', starts)
        write('/srv/deb/DEBIAN/control', 'Package: converge\nVersion: 9.2\nArchitecture: all\nMaintainer: Ada <ada@example.com>\nDescription: Converge\n')
        machine.run('chmod', '755', '/srv/converge-9.1/converge', '/srv/deb/usr/bin/converge')
        machine.run('tar', '-C', '/srv', '-czf', '/srv/converge-9.1.tar.gz', 'converge-9.1')
    }

    /** One of Debian packages, which cloud-init installs from. */
    private void repository() {
        machine.run('mkdir', '/srv/apt')
        machine.run('dpkg-deb', '-b', '/srv/deb', '/srv/apt/converge.deb')
        def size = Files.size(machine.path('/srv/apt/converge.deb'))
        write('/srv/apt/Packages', "${Files.readString(machine.path('/srv/deb/DEBIAN/control'))}Filename: ./converge.deb\nSize: $size\nSHA256: ${digest('/srv/apt/converge.deb')}\n")
        write('/etc/apt/sources.list.d/converge.list', 'deb [trusted=yes] file:/srv/apt ./\n')
    }

    private void push(String motd, String more = '') {
        def bare = machine.path('/srv/site.git').toString()
        if (!Files.exists(Path.of(bare))) {
            git('init', '-q', '--bare', '-b', 'main', bare)
            git('init', '-q', '-b', 'main', '.')
        }
        Files.writeString(work.resolve('site.groovy'), "file('/etc/motd') { content '$motd' }\n$more")
        git('add', '-A')
        git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '-m', motd)
        git('push', '-q', bare, 'main')
        machine.run('chown', '-R', 'root:root', '/srv/site.git')
    }

    private void git(String... words) {
        def process = new ProcessBuilder(['git', *words]).directory(work.toFile()).redirectErrorStream(true).start()
        def said = process.inputStream.text
        assert process.waitFor() == 0 : said
    }

    private String digest(String file) {
        MessageDigest.getInstance('SHA-256').digest(Files.readAllBytes(machine.path(file))).encodeHex()
    }

    private void write(String path, String text) {
        def file = machine.path(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    /** As a machine that is started for the first time with this user-data. */
    private String boot(String options) {
        def rendered = Converge.HERE.shell("./converge render cloud-init --bootstrap --url file:///srv/site.git $options")
        assert rendered.exit == 0 : rendered
        write('/var/lib/cloud/seed/nocloud/meta-data', "instance-id: test-${++boots}\n")
        write('/var/lib/cloud/seed/nocloud/user-data', rendered.out)
        machine.reboot()
        machine.attempt('cloud-init', 'status', '--wait')
        machine.attempt('cloud-init', 'status', '--long').output + Files.readString(machine.path('/var/log/cloud-init-output.log'))
    }

    private String motd() {
        Files.readString(machine.path('/etc/motd'))
    }

    def "one run at the first boot, by an archive that is fetched: nothing of it stays in memory"() {
        when:
        def said = boot("--install $ARCHIVE --checksum sha256:${digest('/srv/converge-9.1.tar.gz')}")

        then:
        said.contains('status: done')
        said.contains('changed 1')
        motd() == 'one'
        machine.run('readlink', '-f', '/usr/local/bin/converge').trim() == '/opt/converge/9.1/converge'
        machine.run('/usr/local/bin/converge', 'agent', 'once').contains('in sync 1, changed 0')
        !Files.exists(machine.path('/etc/systemd/system/converge-agent.service'))
    }

    def "what fails in the run fails the boot, and says where"() {
        given:
        push('two', "file('/nowhere/at/all') { content 'x' }")

        when:
        def said = boot("--install $ARCHIVE --checksum sha256:${digest('/srv/converge-9.1.tar.gz')}")

        then:
        said.contains('status: error')
        said.contains('file[/nowhere/at/all]')
        said.contains('exec[converge agent once]')
    }

    def "the agent stays, from a package: the boot ends when the host is as its site says, and the next push is followed"() {
        given:
        push('three')

        when:
        def said = boot('--install converge --daemon')
        def status = new JsonMapper().readValue(machine.run('converge', 'agent', 'status', '--output', 'json'), Map)

        then:
        said.contains('status: done')
        motd() == 'three'
        status.running
        status.problems == []
        machine.run('dpkg-query', '-W', '-f', '${Version}', 'converge') == '9.2'
        machine.run('systemctl', 'is-enabled', 'converge-agent').trim() == 'enabled'

        when:
        push('four')

        then:
        machine.run('converge', 'agent', 'once').contains('changed 1')
        motd() == 'four'
    }
}
