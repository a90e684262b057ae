package dev.converge.host

import dev.converge.diagnostic.Diagnostic
import dev.converge.facts.Facts
import dev.converge.provider.Command
import dev.converge.provider.CommandResult
import dev.converge.provider.Commands
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir
import spock.lang.Timeout

/** Roots made of the files that real systems have, and the machine that runs the test. */
@Timeout(30)
class LiveFactsSpec extends Specification {
    /** What the machine says of itself, asked with its own programs. */
    private static final LocalCommands MACHINE = new LocalCommands(Path.of('/'))

    @TempDir
    Path root

    def "#system is #name #release (#codename) of the family #family"() {
        given:
        write('etc/os-release', text)

        when:
        def os = new Facts(facts()).os

        then:
        os.name == name
        os.family == family
        os.release == release
        os.codename == codename

        where:
        system        | text                                                                                  || name     | family   | release  | codename
        'Debian 11'   | 'PRETTY_NAME="Debian GNU/Linux 11 (bullseye)"\nID=debian\nVERSION_ID="11"\nVERSION_CODENAME=bullseye\n' || 'debian' | 'debian' | '11' | 'bullseye'
        'Debian 12'   | 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n'     || 'debian' | 'debian' | '12'     | 'bookworm'
        'Debian 13'   | 'VERSION_ID="13"\nVERSION_CODENAME=trixie\nDEBIAN_VERSION_FULL=13.1\nID=debian\n'      || 'debian' | 'debian' | '13'     | 'trixie'
        'Debian sid'  | 'PRETTY_NAME="Debian GNU/Linux forky/sid"\nVERSION_CODENAME=forky\nID=debian\n'        || 'debian' | 'debian' | ''       | 'forky'
        'Ubuntu'      | 'VERSION_ID="24.04"\nVERSION_CODENAME=noble\nID=ubuntu\nID_LIKE=debian\n'              || 'ubuntu' | 'debian' | '24.04'  | 'noble'
        'Linux Mint'  | 'ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21.3"\nVERSION_CODENAME=virginia\n' || 'linuxmint' | 'debian' | '21.3' | 'virginia'
        'Rocky'       | 'NAME="Rocky Linux"\nID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.4"\n'     || 'rocky'  | 'redhat' | '9.4'    | ''
        'Amazon'      | 'ID="amzn"\nID_LIKE="fedora"\nVERSION_ID="2023"\n'                                     || 'amzn'   | 'redhat' | '2023'   | ''
        'Alpine'      | 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.20.3\n'                                  || 'alpine' | 'alpine' | '3.20.3' | ''
        'openSUSE'    | "ID='opensuse-leap'\nID_LIKE='suse opensuse'\nVERSION_ID='15.6'\n"                     || 'opensuse-leap' | 'suse' | '15.6' | ''
        'Arch'        | 'ID=arch\nBUILD_ID=rolling\n'                                                          || 'arch'   | 'arch'   | ''       | ''
        'a stranger'  | '# nothing known\nID=my\\$os\nbroken line\n'                                            || 'my\\$os' | 'my\\$os' | ''     | ''
    }

    def "the file below /usr/lib counts where /etc has none"() {
        given:
        write('usr/lib/os-release', 'ID=alpine\n')

        expect:
        new Facts(facts()).os.name == 'alpine'
    }

    def "a host called #kernel with hosts '#hosts' and resolver '#resolver' is #fqdn"() {
        given:
        write('proc/sys/kernel/hostname', kernel + '\n')
        write('etc/hosts', hosts)
        write('etc/resolv.conf', resolver)
        def known = new Facts(facts())

        expect:
        known.fqdn == fqdn
        known.hostname == 'web-1'
        known.networking.domain == domain

        where:
        kernel              | hosts                                     | resolver                          || fqdn                | domain
        'web-1.example.com' | ''                                        | ''                                || 'web-1.example.com' | 'example.com'
        'web-1'             | '127.0.1.1 web-1.example.com web-1\n'     | 'search other.org\n'              || 'web-1.example.com' | 'example.com'
        'web-1'             | '10.0.0.5 web-1 web-1.example.com # it\n' | ''                                || 'web-1.example.com' | 'example.com'
        'web-1'             | '127.0.0.1 localhost\n#1.1.1.1 web-1.no.org\n' | 'nameserver 1.1.1.1\nsearch example.org sub.org\n' || 'web-1.example.org' | 'example.org'
        'web-1'             | ''                                        | 'domain example.net.\n'           || 'web-1.example.net' | 'example.net'
        'web-1'             | ''                                        | 'search .\n'                      || 'web-1'             | ''
    }

    def "a host with #clues runs on #virtual"() {
        given:
        clues.each { path, text -> write(path, text) }

        expect:
        new Facts(facts()).virtual == virtual

        where:
        clues                                                                                  || virtual
        [:]                                                                                    || 'physical'
        ['run/systemd/container': 'lxc\n']                                                     || 'lxc'
        ['proc/1/environ': 'HOME=/\0container=podman\0']                                       || 'podman'
        ['proc/1/environ': 'container=oci\0', '.dockerenv': '']                                || 'docker'
        ['.dockerenv': '']                                                                     || 'docker'
        ['run/.containerenv': '']                                                              || 'podman'
        ['proc/vz/version': '']                                                                || 'openvz'
        ['proc/sys/kernel/osrelease': '5.15.90.1-microsoft-standard-WSL2\n']                   || 'wsl'
        ['sys/class/dmi/id/product_name': 'KVM\n', 'sys/class/dmi/id/sys_vendor': 'Red Hat\n'] || 'kvm'
        ['sys/class/dmi/id/sys_vendor': 'QEMU\n']                                              || 'qemu'
        [
            'sys/class/dmi/id/sys_vendor': 'QEMU\n',
            'sys/devices/system/clocksource/clocksource0/available_clocksource': 'kvm-clock tsc\n'
        ]                                                                                      || 'kvm'
        ['sys/class/dmi/id/sys_vendor': 'VMware, Inc.\n']                                      || 'vmware'
        ['sys/class/dmi/id/product_name': 'VirtualBox\n']                                      || 'oracle'
        [
            'sys/class/dmi/id/sys_vendor': 'Microsoft Corporation\n',
            'sys/class/dmi/id/product_name': 'Virtual Machine\n'
        ]                                                                                      || 'microsoft'
        ['sys/class/dmi/id/sys_vendor': 'Amazon EC2\n', 'sys/class/dmi/id/product_name': 't3.micro\n'] || 'amazon'
        ['sys/class/dmi/id/sys_vendor': 'Amazon EC2\n', 'sys/class/dmi/id/product_name': 'm5.metal\n'] || 'physical'
        ['sys/class/dmi/id/sys_vendor': 'Dell Inc.\n', 'proc/cpuinfo': 'flags\t\t: fpu vme\n'] || 'physical'
        ['proc/cpuinfo': 'processor : 0\nflags\t\t: fpu hypervisor lahf_lm\n']                 || 'vm-other'
        ['proc/xen/capabilities': 'control_d\n']                                               || 'physical'
        ['proc/xen/capabilities': '\n']                                                        || 'xen'
    }

    def "memory is what the machine has, in bytes"() {
        given:
        write('proc/meminfo', 'MemTotal:        2048 kB\nMemFree:         1 kB\n')

        expect:
        new Facts(facts()).memory == 2 * 1024 * 1024
    }

    def "of this machine #fact is what its own programs say"() {
        given:
        def known = new Facts(new LiveFacts(Path.of('/'), MACHINE))

        expect:
        known.find(fact).get().toString() == MACHINE.run(Command.of(*argv)).output().trim()

        where:
        fact              | argv
        'os.kernel'       | ['uname', '-r']
        'os.architecture' | ['uname', '-m']
        'hostname'        | ['hostname', '-s']
        'os.name'         | ['sh', '-c', '. /etc/os-release; echo $ID']
    }

    def "every fact of this machine has a value of its kind"() {
        given:
        def known = new Facts(new LiveFacts(Path.of('/'), MACHINE))

        expect:
        known.cpus >= 1
        known.memory > 64L << 20
        known.virtual ==~ /[a-z-]+/
        known.networking.interfaces.lo.ip == '127.0.0.1'
        known.networking.ip ==~ /(\d+\.){3}\d+|/
        known.networking.mac ==~ /([0-9a-f]{2}:){5}[0-9a-f]{2}|/
        known.all().keySet().containsAll(['cpus', 'fqdn', 'hostname', 'memory', 'networking', 'os', 'virtual'])
        known.find('os.no_such').empty
        known.find('no_such.at.all').empty
    }

    def "the interface of the default route with the lowest metric gives the address"() {
        given:
        def real = new Facts(new LiveFacts(Path.of('/'), MACHINE)).networking.interfaces.find { name, it -> it.ip && name != 'lo' }
        write('proc/net/route', """Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT
lo\t00000000\t010011AC\t0003\t0\t0\t$metric\t00000000\t0\t0\t0
other\t00000000\t010011AC\t0003\t0\t0\t100\t00000000\t0\t0\t0
""")

        expect:
        new Facts(facts()).networking.ip == (metric < 100 ? '127.0.0.1' : real?.value?.ip ?: '')

        where:
        metric << [0, 200]
    }

    def "custom facts come from #file"() {
        given:
        write("etc/converge/facts.d/$file", text)

        expect:
        def known = new Facts(facts())
        known.getAt('role') == 'web'
        known.getAt('site.rack') == rack
        known.getAt('site.none') == null

        where:
        file          | text                                                || rack
        'a.yaml'      | 'role: web\nsite:\n  rack: 12\n'                    || 12
        'a.yml'       | 'role: web\nsite: {rack: 1.5}\n'                    || 1.5
        'a.json'      | '{"role": "web", "site": {"rack": ["a", true]}}'    || ['a', true]
    }

    def "a later file wins, a broken one is a warning and core facts stay as they are"() {
        given:
        write('etc/converge/facts.d/10.yaml', 'role: db\nzone: a\n')
        write('etc/converge/facts.d/20.json', '{"role": "web"}')
        write('etc/converge/facts.d/30.json', '{"role": ')
        write('etc/converge/facts.d/40.yaml', '- just\n- a list\n')
        write('etc/converge/facts.d/50.yaml', 'cpus: 1000\n')
        write('etc/converge/facts.d/60.txt', 'role: no\n')
        LiveFacts facts = facts()

        expect:
        facts.warnings().empty
        facts.fact('role').get() == 'web'
        facts.fact('zone').get() == 'a'
        facts.fact('cpus').get() != 1000
        facts.warnings()*.detail().collect { it.replaceFirst(/:.*/, '') } ==
                ['30.json', '40.yaml', '50.yaml', '60.txt'].collect { "/etc/converge/facts.d/$it".toString() }
        facts.warnings().every { Diagnostic it -> !it.error }
    }

    def "a program that prints #output gives #expected"() {
        given:
        program('facts', "cat <<'END'\n$output\nEND")

        expect:
        def all = facts(new InRoot(root)).all()
        expected.every { name, value -> all[name] == value }

        where:
        output                           || expected
        'role=web\n\nmotto=a = b'        || [role: 'web', motto: 'a = b']
        '{"role": "web", "n": 3}'        || [role: 'web', n: 3]
        'role: web\nlist:\n- a'          || [role: 'web', list: ['a']]
        ''                               || [:]
    }

    def "a program that #does is a warning that says #warning"() {
        given:
        program('facts', body)
        new File(root.toFile(), 'etc/converge/facts.d/facts').with { setWritable(true, ownerOnly) }
        LiveFacts facts = facts(new InRoot(root))

        expect:
        facts.fact('role').empty
        facts.warnings()*.detail().any { it.contains(warning) }

        where:
        does                    | body                       | ownerOnly || warning
        'fails'                 | 'echo no rack >&2; exit 4' | true      || 'It ended with exit status 4: no rack'
        'hangs'                 | 'sleep 100'                | true      || 'It took longer than 10 seconds'
        'prints something else' | 'echo just words'          | true      || 'It does not hold names with values'
        'others may write'      | 'echo role=web'            | false     || 'others than its owner may write it'
    }

    def "a program runs once, and only for a fact that is not a core one"() {
        given:
        Path trace = root.resolve('trace')
        program('facts', "echo x >> $trace; echo role=web")
        LiveFacts facts = facts(new InRoot(root))

        when:
        facts.fact('hostname')
        facts.fact('os.family')

        then:
        !Files.exists(trace)

        when:
        facts.fact('role')
        facts.fact('role')
        facts.fact('other')

        then:
        Files.readAllLines(trace) == ['x']
    }

    def "asking for cpus loads no network class"() {
        given:
        String classPath = System.getProperty('java.class.path')
        Path probe = root.resolve('Probe.java')
        Files.writeString(probe, '''
            class Probe {
                public static void main(String[] a) {
                    var root = java.nio.file.Path.of("/");
                    new dev.converge.host.LiveFacts(root, new dev.converge.host.LocalCommands(root)).fact("cpus");
                }
            }''')

        when:
        CommandResult loaded = MACHINE.run(Command.of("${System.getProperty('java.home')}/bin/java".toString(),
                '-Xlog:class+load', '-cp', classPath, probe.toString()))

        then:
        loaded.succeeded()
        loaded.output().contains('dev.converge.host.LiveFacts')
        !loaded.output().contains('dev.converge.host.NetworkFacts')
        !loaded.output().contains('tools.jackson')
    }

    /**
     * Runs what the host would run at a path from the root folder, without the libraries that chroot would need; a tenth
     * of the time limit is enough for a test.
     */
    private static final class InRoot implements Commands {
        private final Path root

        InRoot(Path root) {
            this.root = root
        }

        @Override
        CommandResult run(Command command) {
            MACHINE.run(Command.of(root.toString() + command.argv()[0]).timeout(command.timeout().dividedBy(10)))
        }
    }

    private LiveFacts facts(Commands commands = MACHINE) {
        new LiveFacts(root, commands)
    }

    private Path write(String path, String text) {
        Path file = root.resolve(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    private void program(String name, String body) {
        Path file = write("etc/converge/facts.d/$name", "#!/bin/sh\n$body\n")
        file.toFile().setExecutable(true)
    }
}
