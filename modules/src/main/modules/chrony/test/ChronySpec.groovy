import dev.converge.testing.ManifestSpec

class ChronySpec extends ManifestSpec {
    def "chrony of #system has its own files, source and service"() {
        given:
        facts system

        when:
        compile { include(Chrony) }

        then:
        contains file(config) {
            content { it.contains("\npool $pool") && it.contains('\nmakestep 1 3\n') == (system != 'alpine-3.20') && !it.contains('\nlocal') && !it.contains('\nallow') }
            validate 'chronyd', '-p', '-f', '%'
            requires pkg['chrony']
        }
        contains pkg('chrony'), service(name) { running true; enabled true }
        notifies file[config], service[name]

        where:
        system         || config                    | pool                                | name
        'debian-11'    || '/etc/chrony/chrony.conf' | '2.debian.pool.ntp.org iburst'      | 'chrony'
        'debian-12'    || '/etc/chrony/chrony.conf' | '2.debian.pool.ntp.org iburst'      | 'chrony'
        'debian-13'    || '/etc/chrony/chrony.conf' | '2.debian.pool.ntp.org iburst'      | 'chrony'
        'ubuntu-22.04' || '/etc/chrony/chrony.conf' | 'ntp.ubuntu.com iburst maxsources 4' | 'chrony'
        'ubuntu-24.04' || '/etc/chrony/chrony.conf' | 'ntp.ubuntu.com iburst maxsources 4' | 'chrony'
        'rocky-9'      || '/etc/chrony.conf'        | '2.pool.ntp.org iburst'             | 'chronyd'
        'alpine-3.20'  || '/etc/chrony/chrony.conf' | 'pool.ntp.org iburst'               | 'chronyd'
    }

    def "#given is written as #line"() {
        when:
        compile {
            include(Chrony) {
                servers(values.servers as Map<String, List<String>>)
                queryhosts(values.hosts as List<String>)
                localStratum values.stratum as int
            }
        }

        then:
        contains file('/etc/chrony/chrony.conf') { content { it.contains("\n$line\n") } }

        where:
        given                    | values                                                         || line
        'a server'               | [servers: [a: ['iburst', 'key 1']], hosts: [], stratum: 0]     || 'server a iburst key 1'
        'a server without words' | [servers: [a: []], hosts: [], stratum: 0]                      || 'server a'
        'a client'               | [servers: [:], hosts: ['192.0.2.0/24'], stratum: 0]            || 'allow 192.0.2.0/24'
        'a stratum'              | [servers: [:], hosts: [], stratum: 8]                          || 'local stratum 8'
    }

    def "keys are in a file of their own that is not shown"() {
        when:
        compile {
            include(Chrony) {
                keys(['25 SHA256 HEX:1dc7'])
                chronyPassword 'hunter2'
            }
        }

        then:
        contains file('/etc/chrony/chrony.keys') { mode '0640'; content '# Written by Converge, which undoes changes by hand; see keyfile in chrony.conf(5).\n1 hunter2\n25 SHA256 HEX:1dc7\n' }
        lacks file['/etc/default/chrony']
    }

    def "DNS names of servers are looked up by the distribution's timer"() {
        when:
        compile { include(Chrony) { dnssrvRecords(['_ntp._udp.my-corp.example']) } }

        then:
        contains pkg('bind9-dnsutils'), service('chrony-dnssrv@_ntp._udp.my\\x2dcorp.example.timer') { running true; enabled true }
    }

    def "options are a line of the distribution's file"() {
        when:
        compile { include(Chrony) { options '-F 1 -4' } }

        then:
        contains line('/etc/default/chrony', 'DAEMON_OPTS="-F 1 -4"') { match '^DAEMON_OPTS=' }
        notifies line['/etc/default/chrony:DAEMON_OPTS="-F 1 -4"'], service['chrony']
    }
}
