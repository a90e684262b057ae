import dev.converge.testing.ManifestSpec

/** What must hold on every host of the fleet, whatever its role: {@code converge module test examples/fleet}. */
class FleetSpec extends ManifestSpec {
    def "nobody is locked out of a #role on #system"() {
        given:
        facts system, hostname: name, fqdn: "${name}.example.com", role: role

        when:
        compile 'site.groovy'

        then:
        contains user('alice') { groups 'ops' }
        contains authorizedKey('alice', 'alice@laptop')
        contains file('/etc/sudoers.d/50-ops') { content ~/%ops ALL=\(ALL:ALL\) NOPASSWD: ALL/ }

        where:
        name         | role       | system
        'bastion-01' | 'bastion'  | 'debian-13'
        'infra-01'   | 'infra'    | 'debian-12'
        'lb-01'      | 'balancer' | 'debian-13'
        'web-01'     | 'web'      | 'ubuntu-24.04'
        'app-01'     | 'app'      | 'ubuntu-22.04'
        'db-01'      | 'database' | 'debian-12'
        'cache-01'   | 'cache'    | 'alpine-3.20'
        'build-01'   | 'build'    | 'rocky-9'
        'mon-01'     | 'monitor'  | 'rocky-9'
    }

    def "only the first database takes writes"() {
        given:
        facts 'debian-12', hostname: name, fqdn: "${name}.example.com", role: 'database'

        when:
        compile 'site.groovy'

        then:
        contains file('/etc/mysql/mariadb.conf.d/90-converge.cnf') { content ~/read-only = $readOnly/ }

        where:
        name    | readOnly
        'db-01' | 'OFF'
        'db-02' | 'ON'
    }

    def "the servers of names and addresses know every host"() {
        given:
        facts 'debian-12', hostname: 'infra-01', fqdn: 'infra-01.example.com', role: 'infra'

        when:
        compile 'site.groovy'

        then:
        contains file('/etc/dnsmasq.d/converge.conf') {
            content {
                it.contains('host-record=web-01.example.com,web-01,192.0.2.15\n') &&
                    it.contains('dhcp-host=52:54:00:00:02:0f,192.0.2.15,web-01\n') &&
                    it.count('host-record=') == 30
            }
        }
    }

    def "the shop runs where containers can"() {
        given:
        facts 'ubuntu-24.04', hostname: 'app-01', fqdn: 'app-01.example.com', role: 'app'

        when:
        compile 'site.groovy'

        then:
        contains pkg('podman'), file('/etc/containers/registries.conf.d/50-converge.conf') { content ~/registry\.example\.com/ }
        orders pkg['podman'], service['shop']
    }

    def "a host without a role is refused"() {
        given:
        facts 'debian-12'

        when:
        compile 'site.groovy'

        then:
        diagnostics*.detail() == ['This host has no role. Write one into /etc/converge/facts.d/role.json.']
    }
}
