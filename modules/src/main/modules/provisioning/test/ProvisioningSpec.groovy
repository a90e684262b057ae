import dev.converge.testing.ManifestSpec

class ProvisioningSpec extends ManifestSpec {
    static final Map<String, Object> TABLE = [domain: 'lab.example', hosts: ['web-1': [ip: '10.0.0.5', ip6: 'fd00::5', mac: '52:54:00:00:00:0A', aliases: ['www']],
        db: [ip: '10.0.0.6', mac: ['52:54:00:00:00:06', '52:54:00:00:00:16']], printer: [ip: '10.0.0.7']]]

    def "names on #system are forward and reverse records of one table, and dnsmasq judges them"() {
        given:
        facts system
        data provisioning: TABLE

        when:
        compile { include(Provisioning) }

        then:
        contains pkg('dnsmasq'), directory('/etc/dnsmasq.d'), service('dnsmasq') { running true; enabled true }
        contains file('/etc/dnsmasq.d/converge.conf') {
            content { text ->
                ['local=/lab.example/', 'host-record=web-1.lab.example,web-1,www.lab.example,www,10.0.0.5,fd00::5', 'host-record=db.lab.example,db,10.0.0.6'].every { text.readLines().contains(it) } &&
                        !text.contains('dhcp') && !text.contains('tftp')
            }
            validate 'dnsmasq', '--test', '--conf-file=%'
        }
        orders pkg['dnsmasq'], file['/etc/dnsmasq.d/converge.conf'], exec['dnsmasq judges its whole configuration'], service['dnsmasq']
        notifies file['/etc/dnsmasq.d/converge.conf'], service['dnsmasq']
        contains exec('dnsmasq judges its whole configuration') { refreshOnly true; command(['dnsmasq', '--test'] + options) }
        containsNothingElse()

        where:
        system << systems()
        options = system.startsWith('debian') || system.startsWith('ubuntu') ? ['--conf-dir=/etc/dnsmasq.d,.dpkg-dist,.dpkg-old,.dpkg-new'] : []
    }

    def "machines of the table get their addresses"() {
        given:
        data provisioning: TABLE + [dhcpRange: '10.0.0.0,static', leaseTime: '1h', netmask: '255.255.255.0', gateway: '10.0.0.1', dnsServers: ['10.0.0.2', '10.0.0.3'],
            interfaces: ['eth1'], upstream: ['9.9.9.9'], dhcpOptions: ['option:ntp-server': ['10.0.0.2', '10.0.0.3']], settings: ['log-dhcp': true, 'dhcp-boot': false, server: ['/a/10.0.0.9']]]

        when:
        compile { include(Provisioning) }

        then:
        contains file('/etc/dnsmasq.d/converge.conf') {
            content { text ->
                ['interface=lo', 'interface=eth1', 'bind-dynamic', 'no-resolv', 'server=9.9.9.9', 'dhcp-range=10.0.0.0,static,255.255.255.0,1h', 'dhcp-authoritative',
                    'dhcp-host=52:54:00:00:00:0a,10.0.0.5,web-1', 'dhcp-host=52:54:00:00:00:06,52:54:00:00:00:16,10.0.0.6,db',
                    'dhcp-option=option:router,10.0.0.1', 'dhcp-option=option:dns-server,10.0.0.2,10.0.0.3', 'dhcp-option=option:ntp-server,10.0.0.2,10.0.0.3',
                    'log-dhcp', 'server=/a/10.0.0.9'].every { text.readLines().contains(it) } && !text.contains('dhcp-boot') && !text.contains('10.0.0.7,printer')
            }
        }
    }

    def "machines on #system boot #first, then what converge serve says"() {
        given:
        facts system
        data provisioning: TABLE + [dhcpRange: '10.0.0.100,10.0.0.199', serveUrl: 'http://10.0.0.1:8069']

        when:
        compile { include(Provisioning) }

        then:
        contains file('/etc/dnsmasq.d/converge.conf') {
            content { text -> ['enable-tftp', 'tftp-root=/srv/tftp', 'dhcp-boot=tag:!ipxe,tag:!efi,undionly.kpxe', 'dhcp-boot=tag:!ipxe,tag:efi,snponly.efi', 'dhcp-boot=tag:ipxe,boot.ipxe'].every { text.readLines().contains(it) } }
        }
        contains directory('/srv/tftp')
        contains file('/srv/tftp/boot.ipxe') {
            content { text -> text.startsWith('#!ipxe\n') && text.contains('chain --autofree http://10.0.0.1:8069/${hostname}/ipxe || goto failed\n') }
        }
        first == null ? catalog.names('link') == [] : contains(link('/srv/tftp/undionly.kpxe') { target first }, pkg(packageName), link('/srv/tftp/snponly.efi'))
        orders directory['/srv/tftp'], service['dnsmasq']

        where:
        system        | first                           | packageName
        'debian-12'   | '/usr/lib/ipxe/undionly.kpxe'   | 'ipxe'
        'rocky-9'     | '/usr/share/ipxe/undionly.kpxe' | 'ipxe-bootimgs-x86'
        'alpine-3.20' | null                            | null
    }

    def "a kernel for all machines finds its user-data by the machine's name"() {
        given:
        data provisioning: TABLE + [dhcpRange: '10.0.0.100,10.0.0.199', serveUrl: 'http://10.0.0.1:8069', kernel: 'http://10.0.0.1/linux', initrd: 'http://10.0.0.1/initrd']

        when:
        compile { include(Provisioning) }

        then:
        contains file('/srv/tftp/boot.ipxe') {
            content { text ->
                ['kernel http://10.0.0.1/linux initrd=initrd ip=dhcp ds=nocloud;dsmode=net;s=http://10.0.0.1:8069/${hostname}/ || goto failed',
                    'initrd --name initrd http://10.0.0.1/initrd || goto failed', 'boot || goto failed'].every { text.readLines().contains(it) } && !text.contains('chain')
            }
        }
    }

    def "a table with #mistake is refused"() {
        given:
        data provisioning: [domain: 'lab.example'] + given

        when:
        compile { include(Provisioning) }

        then:
        diagnostics.any { it.toString().contains(message) }

        where:
        mistake                  | given                                                                       || message
        'an address twice'       | [hosts: [a: [ip: '10.0.0.1'], b: [ip: '10.0.0.1']]]                         || 'the address 10.0.0.1 is there twice'
        'a card twice'           | [hosts: [a: [ip: '10.0.0.1', mac: '52:54:00:00:00:0A'], b: [ip: '10.0.0.2', mac: '52:54:00:00:00:0a']]] || 'the MAC address 52:54:00:00:00:0a is there twice'
        'a name twice'           | [hosts: [a: [ip: '10.0.0.1', aliases: ['B']], b: [ip: '10.0.0.2']]]         || 'the name b is there twice'
        'a host without address' | [hosts: [a: [:]]]                                                           || 'the host a needs an ip'
        'no address'             | [hosts: [a: [ip: '10.0.0.256']]]                                            || '"10.0.0.256", not an address'
        'no address of a card'   | [hosts: [a: [ip: '10.0.0.1', mac: '5254']]]                                 || '"5254", not an address'
        'a domain in a name'     | [hosts: ['a.b': [ip: '10.0.0.1']]]                                          || 'is no name of a host'
        'a misspelled word'      | [hosts: [a: [ip: '10.0.0.1', mc: '']]]                                      || 'has "mc"; a host takes'
        'no DHCP, but booting'   | [serveUrl: 'http://10.0.0.1:8069']                                          || 'serveUrl needs dhcpRange'
        'no range'               | [dhcpRange: '10.0.0.100']                                                   || 'dhcpRange'
    }
}
