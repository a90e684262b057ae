package dev.converge.sysctl

import dev.converge.FolderHost
import dev.converge.HostTurn
import dev.converge.ProviderContractSpec
import dev.converge.host.LocalCommands
import dev.converge.host.LocalHost
import dev.converge.model.Ensure
import dev.converge.model.InvalidValueException
import dev.converge.provider.Action
import dev.converge.provider.Backups
import dev.converge.provider.Host
import dev.converge.provider.ResourceFailure
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.TempDir

/** Parameters of a kernel that is a folder of files, and one of the real kernel. */
class SysctlResourceSpec extends ProviderContractSpec<SysctlResource> {
    private static final SysctlKey KEY = SysctlKey.parse('net.ipv4.ip_local_port_range')

    @TempDir
    Path root

    def setup() {
        write('proc/sys/vm/swappiness', '60\n')
        write('proc/sys/net/ipv4/ip_local_port_range', '32768\t60999\n')
        write('proc/sys/net/ipv4/conf/eth0.100/forwarding', '0\n')
        Files.createDirectories(root.resolve('etc/sysctl.d'))
    }

    private static Host machine() {
        new LocalHost(Path.of('/'), new LocalCommands(Path.of('/')), { } as Backups)
    }

    private Path write(String path, String text) {
        Path file = root.resolve(path)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
    }

    private String read(String path) {
        Files.readString(root.resolve(path))
    }

    @Override
    SysctlType schema() {
        new SysctlType()
    }

    @Override
    Host newHost() {
        new FolderHost(root)
    }

    /** The kernel writes numbers in its own way. */
    @Override
    Collection<Path> undoable() {
        [root.resolve('etc')]
    }

    @Override
    Map<String, Closure<SysctlResource>> samples() {
        [
            'parameter': { resource('vm.swappiness', [value: '10']) },
            'parameter of several numbers': { resource('net.ipv4.ip_local_port_range', [value: '1024  65000']) },
            'parameter of an interface with a dot': { resource('net.ipv4.conf.eth0/100.forwarding', [value: '1']) },
            'parameter of the next boot': { resource('vm.swappiness', [value: '10', live: false]) },
            'parameter that no kernel here has': { resource('fs.nr_open', [value: '10', live: false]) },
        ]
    }

    def "it is set now and for the next boot"() {
        when:
        def change = converge(resource('vm.swappiness', [value: '10'])).get()

        then:
        change.action() == Action.CREATE
        read('proc/sys/vm/swappiness') == '10\n'
        read('etc/sysctl.d/99-converge-vm.swappiness.conf').readLines().last() == 'vm.swappiness = 10'
    }

    def "only what differs is a change: #before"() {
        given:
        converge(resource('vm.swappiness', [value: '10']))
        write(before, text)

        when:
        def change = converge(resource('vm.swappiness', [value: '10'])).get()

        then:
        change.attributes().collect { [it.attribute().name(), it.before().get() as String, it.after() as String] } == [[attribute, '60', '10']]
        difference(resource('vm.swappiness', [value: '10'])).empty

        where:
        before                                            | text                     || attribute
        'proc/sys/vm/swappiness'                          | '60\n'                   || 'value'
        'etc/sysctl.d/99-converge-vm.swappiness.conf'     | 'vm.swappiness=60'       || 'atBoot'
    }

    def "what is not to be touched is not: #given"() {
        when:
        converge(resource('vm.swappiness', [value: '10'] + given))

        then:
        read('proc/sys/vm/swappiness') == live
        Files.exists(root.resolve('etc/sysctl.d/99-converge-vm.swappiness.conf')) == kept

        where:
        given            || live   | kept
        [live: false]    || '60\n' | true
        [persist: false] || '10\n' | false
    }

    def "tabs of the kernel are the spaces of a manifest"() {
        expect:
        difference(resource('net.ipv4.ip_local_port_range', [value: '32768 60999', persist: false])).empty
    }

    def "#text is the parameter #name at #path"() {
        given:
        def key = SysctlKey.parse(text)

        expect:
        key.toString() == name
        key.live() == Path.of(path)
        SysctlKey.parse(name) == key

        where:
        text                                | name                                || path
        'vm.swappiness'                     | 'vm.swappiness'                     || '/proc/sys/vm/swappiness'
        'vm/swappiness'                     | 'vm.swappiness'                     || '/proc/sys/vm/swappiness'
        'net.ipv4.conf.eth0/100.forwarding' | 'net.ipv4.conf.eth0/100.forwarding' || '/proc/sys/net/ipv4/conf/eth0.100/forwarding'
        'net/ipv4/conf/eth0.100/forwarding' | 'net.ipv4.conf.eth0/100.forwarding' || '/proc/sys/net/ipv4/conf/eth0.100/forwarding'
    }

    def "#text is no parameter"() {
        when:
        SysctlKey.parse(text)

        then:
        InvalidValueException refusal = thrown()
        refusal.advice().present

        where:
        text << ['', 'swappiness', 'vm.', '.vm', 'vm..x', 'vm.//.x', 'vm/../x', 'vm.a b', 'net.ipv4.conf.*.rp_filter', '-vm.x']
    }

    def "a file that a boot reads later is named: #file"() {
        given:
        write(file, 'vm/swappiness = 60\n')

        when:
        converge(resource('vm.swappiness', [value: '10']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains("/$file")
        read('proc/sys/vm/swappiness') == '60\n'

        where:
        file << ['etc/sysctl.conf', 'etc/sysctl.d/99-sysctl.conf', 'usr/lib/sysctl.d/99-zz.conf']
    }

    def "a file that a boot reads before, or not at all, is let alone: #file"() {
        given:
        write('usr/lib/systemd/systemd-sysctl', '')
        write(file, text)

        when:
        converge(resource('vm.swappiness', [value: '10']))

        then:
        difference(resource('vm.swappiness', [value: '10'])).empty
        read(file) == text

        where:
        file                         | text
        'etc/sysctl.conf'            | 'vm.swappiness = 60'
        'etc/sysctl.d/60-local.conf' | 'vm.swappiness = 60'
        'etc/sysctl.d/99-z.conf'     | '# vm.swappiness = 60'
        'etc/sysctl.d/99-z.conf'     | '-vm.swappiness=10\n; x'
        'etc/sysctl.d/99-z.conf'     | 'vm.* = 60'
        'etc/sysctl.d/99-z.bak'      | 'vm.swappiness = 60'
    }

    def "a parameter that the kernel does not have is a failure that says so"() {
        when:
        converge(resource(key, [value: '1']))

        then:
        ResourceFailure failure = thrown()
        failure.message.contains(key)
        failure.advice().get().contains(advice)
        Files.list(root.resolve('etc/sysctl.d')).count() == 0

        where:
        key                                  || advice
        'vm.swapiness'                       || 'swappiness'
        'net.bridge.bridge-nf-call-iptables' || 'module'
    }

    def "in a root folder without a kernel only the next boot counts"() {
        given:
        'rm -r'.tokenize().plus("$root/proc" as String).execute().waitFor()

        when:
        converge(resource('vm.swappiness', [value: '10']))

        then:
        difference(resource('vm.swappiness', [value: '10'])).empty
        !Files.exists(root.resolve('proc'))
    }

    def "a live value alone cannot be removed"() {
        when:
        converge(resource('vm.swappiness', [value: '', persist: false]), Ensure.ABSENT)

        then:
        thrown(ResourceFailure)
    }

    @Requires({ Files.isReadable(Path.of('/proc/sys/net/ipv6/conf/default/stable_secret')) })
    def "a parameter that has no value yet is named when the kernel will not say it"() {
        when:
        Kernel.read(SysctlKey.parse('net.ipv6.conf.default.stable_secret'), machine())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('net.ipv6.conf.default.stable_secret')
    }

    @Requires({ Files.isWritable(Path.of('/proc/sys/net/ipv4/ip_local_port_range')) })
    def "the real kernel takes a value, and says when it does not"() {
        given:
        def turn = HostTurn.take('sysctl')
        def before = Kernel.read(KEY, machine()).get()

        when:
        Kernel.write(KEY, '20000 60999', machine())

        then:
        Kernel.read(KEY, machine()).get() == '20000 60999'

        when:
        Kernel.write(KEY, 'many', machine())

        then:
        ResourceFailure failure = thrown()
        failure.message.contains('net.ipv4.ip_local_port_range = many')
        Kernel.read(KEY, machine()).get() == '20000 60999'

        cleanup:
        Kernel.write(KEY, before, machine())
        turn.close()
    }

    def "what is inspected can be declared, and is in sync: #name"() {
        given:
        converge(resource('vm.swappiness', [value: '10']))

        expect:
        provider().names(newHost()) == ['vm.swappiness']
        difference(provider().inspect(name, newHost()).get()).empty

        where:
        name << ['vm.swappiness', 'net.ipv4.ip_local_port_range']
    }
}
