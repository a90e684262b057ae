package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module base on a real host. */
@Stepwise
@Requires({ TestHost.possible })
class BaseModuleSpec extends Specification {
    static final String SITE = '''\
        include(Base) {
            motd 'Kept by Converge.'
            timeZone 'Europe/Berlin'
            packages(['ca-certificates', 'sudo'])
            unwantedPackages(['kmod', 'telnet'])
            kernel(['net.ipv4.ip_forward': 1])
            automaticUpdates false
        }
        include(BaseUpdates) {
            blacklist(['linux-'])
            reboot true
            rebootTime '02:30'
            mail 'ops@example.com'
        }
        '''

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('base')

    def "one run is enough, and the second changes nothing"() {
        expect:
        host.settles(SITE)
    }

    def "a login is greeted with the host's name, its system and the text"() {
        expect:
        host.read('/etc/motd') == "$host.machine.name: debian 12\n\nKept by Converge.\n"
    }

    def "time zone, packages and kernel are as declared, now and after a boot"() {
        expect:
        host.run('date', '-d', '2026-07-01 12:00 UTC', '+%H %Z').trim() == '14 CEST'
        host.attempt('dpkg', '-s', 'sudo').ok
        !host.attempt('dpkg', '-s', 'kmod').ok
        host.run('sysctl', '-n', 'net.ipv4.ip_forward').trim() == '1'
        host.read('/etc/sysctl.d/99-converge-net.ipv4.ip_forward.conf').contains('net.ipv4.ip_forward = 1')
    }

    def "unattended-upgrades takes the settings, and no others of the kind"() {
        given:
        def settings = host.run('apt-config', 'dump').readLines()

        expect:
        settings.contains('APT::Periodic::Unattended-Upgrade "1";')
        settings.findAll { it.startsWith('Unattended-Upgrade::Origins-Pattern:: ') }.every { it.contains('ecurity') }
        settings.contains('Unattended-Upgrade::Package-Blacklist:: "linux-";')
        settings.contains('Unattended-Upgrade::Automatic-Reboot-Time "02:30";')
        settings.contains('Unattended-Upgrade::Mail "ops@example.com";')
        host.run('unattended-upgrade', '--dry-run', '--debug').contains('Initial blacklist: linux-')
    }
}
