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
        contains file('/etc/mysql/mariadb.conf.d/60-fleet.cnf') { content ~/read_only = $readOnly/ }

        where:
        name    | readOnly
        'db-01' | 'OFF'
        'db-02' | 'ON'
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
