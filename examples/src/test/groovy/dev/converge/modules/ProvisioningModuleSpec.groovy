package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module provisioning on a real host, by what a machine that boots on a cable to it is told. */
@Stepwise
@Requires({ TestHost.possible })
class ProvisioningModuleSpec extends Specification {
    static final String NETWORK = '''\
        include(Provisioning) {
            domain 'lab.example'
            interfaces(['boot0'])
            hosts([
                'web-1': [ip: '10.77.0.5', ip6: 'fd77::5', mac: '52:54:00:00:00:05', aliases: ['www', 'shop']],
                db: [ip: '10.77.0.6'],
            ])
            dhcpRange '10.77.0.100,10.77.0.199'
            gateway '10.77.0.254'
            dhcpOptions('option:ntp-server': '10.77.0.1')
            serveUrl 'http://10.77.0.1:8069'
            settings('mx-host': 'lab.example,mail.lab.example,10')
        }
        '''.stripIndent()

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('provisioning')

    /** A machine: a network namespace at the other end of a cable. */
    def setupSpec() {
        host.install('busybox', 'curl', 'iproute2')
        host.write('/root/told', '#!/bin/sh\n[ "$1" != bound ] || env | grep -E "^(ip|hostname|domain|bootfile|siaddr|router|dns|ntpsrv)="\n')
        host.run('chmod', '755', '/root/told')
        host.run('sh', '-ec', '''\
            ip link add boot0 type veth peer name machine0
            ip netns add machine
            ip link set machine0 netns machine
            ip address add 10.77.0.1/24 dev boot0
            ip link set boot0 up
            ip -n machine link set lo up
            '''.stripIndent())
    }

    /** What DHCP tells a machine with this address of its card, and with these options. */
    private Map<String, String> boot(String mac, String... options) {
        host.run('ip', '-n', 'machine', 'link', 'set', 'machine0', 'address', mac, 'up')
        def told = host.run('ip', 'netns', 'exec', 'machine', 'busybox', 'udhcpc', '-f', '-q', '-n', '-t', '5', '-i', 'machine0',
            '-O', 'ntpsrv', '-O', 'bootfile', *options, '-s', '/root/told')
        told.readLines().findAll { it.contains('=') }.collectEntries { it.split('=', 2) as List }
    }

    private String asked(String what) {
        host.run('busybox', 'nslookup', what, '127.0.0.1').readLines().drop(2).findAll { it.contains('Address') || it.contains('name') }.join('\n')
    }

    def "the network is served after one run, and the second changes nothing"() {
        expect:
        host.settles(NETWORK)
        host.run('systemctl', 'is-active', 'dnsmasq').trim() == 'active'
    }

    def "#name has the address #address"() {
        expect:
        asked(name).contains(address)

        where:
        name                  | address
        'web-1.lab.example'   | '10.77.0.5'
        'web-1.lab.example'   | 'fd77::5'
        'www.lab.example'     | '10.77.0.5'
        'shop.lab.example'    | '10.77.0.5'
        'db.lab.example'      | '10.77.0.6'
    }

    def "#address has the name #name"() {
        expect:
        asked(address).contains(name)

        where:
        address      | name
        '10.77.0.5'  | 'web-1.lab.example'
        'fd77::5'    | 'web-1.lab.example'
        '10.77.0.6'  | 'db.lab.example'
    }

    def "a name of the domain that is not in the table is asked of nobody"() {
        expect:
        !host.attempt('busybox', 'nslookup', 'nothing.lab.example', '127.0.0.1').ok
    }

    def "a machine of the table gets its address, its name, and iPXE for its firmware"() {
        when:
        def told = boot('52:54:00:00:00:05', *options)

        then:
        told.ip == '10.77.0.5'
        told.hostname == 'web-1'
        told.domain == 'lab.example'
        told.router == '10.77.0.254'
        told.dns == '10.77.0.1'
        told.ntpsrv == '10.77.0.1'
        told.siaddr == '10.77.0.1'
        told.bootfile == file

        where:
        options            || file
        []                 || 'undionly.kpxe'
        ['-x', '0x5d:0007']|| 'snponly.efi'
        ['-x', '0x5d:0009']|| 'snponly.efi'
        ['-x', '0xaf:b10501']|| 'boot.ipxe'
    }

    def "another machine gets an address of the range"() {
        expect:
        boot('52:54:00:00:00:99').ip ==~ /10\.77\.0\.1\d\d/
    }

    def "TFTP has iPXE and its script, which asks converge serve for the machine's own"() {
        expect:
        host.run('sh', '-c', "curl -sS --max-time 10 tftp://127.0.0.1/$file | cmp - $same") == ''

        where:
        file            | same
        'undionly.kpxe' | '/usr/lib/ipxe/undionly.kpxe'
        'snponly.efi'   | '/usr/lib/ipxe/snponly.efi'
        'boot.ipxe'     | '/srv/tftp/boot.ipxe'
    }

    def "the script of iPXE #does"() {
        when:
        host.converge(NETWORK.replace("serveUrl", "$words; serveUrl"))
        def script = host.read('/srv/tftp/boot.ipxe')

        then:
        lines.every { script.readLines().contains(it) }

        where:
        does                           | words                                                        | lines
        'boots a kernel with user-data'| "kernel 'http://10.77.0.1/linux'; initrd 'http://10.77.0.1/initrd'" | ['kernel http://10.77.0.1/linux initrd=initrd ip=dhcp ds=nocloud;dsmode=net;s=http://10.77.0.1:8069/${hostname}/ || goto failed', 'initrd --name initrd http://10.77.0.1/initrd || goto failed', 'boot || goto failed']
        'asks for that of the machine' | ''                                                           | ['#!ipxe', 'isset ${hostname} || set hostname ${net0/mac:hexhyp}', 'chain --autofree http://10.77.0.1:8069/${hostname}/ipxe || goto failed']
    }

    def "what dnsmasq refuses never takes its place, and names are answered on"() {
        when:
        def ran = host.converge(NETWORK.replace("'mx-host'", "'mx-hots'"))

        then:
        ran.exit == 4
        ran.all.contains('bad option')
        !host.read('/etc/dnsmasq.d/converge.conf').contains('mx-hots')
        asked('db.lab.example').contains('10.77.0.6')
    }
    def "a file beside it that dnsmasq refuses keeps the server from a restart that it would not survive"() {
        given:
        host.write('/etc/dnsmasq.d/by-hand.conf', 'nonsense\n')
        def changed = NETWORK.replace("db: [ip: '10.77.0.6']", "db: [ip: '10.77.0.7']")

        when:
        def ran = host.converge(changed)

        then:
        ran.exit != 0
        ran.all.contains('by-hand.conf')
        asked('db.lab.example').contains('10.77.0.6')

        when: 'it is mended'
        host.run('rm', '/etc/dnsmasq.d/by-hand.conf')
        def again = host.converge(changed)

        then:
        again.exit == 0
        asked('db.lab.example').contains('10.77.0.7')
    }
}
