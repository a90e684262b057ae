import dev.converge.testing.ManifestSpec

class BaseSpec extends ManifestSpec {
    def "a host that is told nothing gets certificates and security updates, and no more, on #system"() {
        given:
        facts system

        when:
        compile { include(Base) }

        then:
        catalog.names('pkg') == ['ca-certificates'] + updater
        lacks file['/etc/motd'], timezone['Etc/UTC']

        where:
        system         || updater
        'debian-11'    || ['unattended-upgrades']
        'debian-12'    || ['unattended-upgrades']
        'debian-13'    || ['unattended-upgrades']
        'ubuntu-22.04' || ['unattended-upgrades']
        'ubuntu-24.04' || ['unattended-upgrades']
        'rocky-9'      || ['dnf-automatic']
        'alpine-3.20'  || []
    }

    def "what is given is declared"() {
        when:
        compile {
            include(Base) {
                motd 'Hello.'
                timeZone 'Europe/Berlin'
                packages(['curl'])
                unwantedPackages(['telnet'])
                kernel(['vm.swappiness': 10])
                automaticUpdates false
            }
        }

        then:
        contains file('/etc/motd') { content ~/debian 12\n\nHello\.\n$/; mode '0644' }
        contains timezone('Europe/Berlin'), pkg('curl'), sysctl('vm.swappiness', '10')
        contains pkg('telnet') { ensure 'purged' }
        containsNothingElse()
    }

    def "security updates are those of #system"() {
        given:
        facts system

        when:
        compile { include(BaseUpdates) }

        then:
        contains pkg('unattended-upgrades'), file('/etc/apt/apt.conf.d/52unattended-upgrades-converge') {
            content { it.contains(origin) && it.contains('#clear Unattended-Upgrade::Origins-Pattern;') }
            requires pkg['unattended-upgrades']
        }
        contains service(['apt-daily.timer', 'apt-daily-upgrade.timer']) { enabled true }

        where:
        system         || origin
        'debian-12'    || '"origin=Debian,codename=${distro_codename}-security,label=Debian-Security";'
        'ubuntu-24.04' || '"origin=${distro_id},suite=${distro_codename}-security";'
    }

    def "dnf installs them on Red Hat, and says whom it tells"() {
        given:
        facts 'rocky-9'

        when:
        compile {
            include(BaseUpdates) {
                reboot true
                mail 'ops@example.com'
                blacklist(['kernel*'])
            }
        }

        then:
        contains iniSetting('/etc/dnf/automatic.conf', 'commands', 'upgrade_type', 'security')
        contains iniSetting('/etc/dnf/automatic.conf', 'commands', 'reboot', 'when-needed')
        contains iniSetting('/etc/dnf/automatic.conf', 'email', 'email_to', 'ops@example.com')
        contains iniSetting('/etc/dnf/automatic.conf', 'base', 'excludepkgs', 'kernel*')
        contains pkg('dnf-automatic'), service('dnf-automatic.timer') { running true; enabled true }
    }

    def "updates are refused where nothing installs them"() {
        given:
        facts 'alpine-3.20'

        when:
        compile { include(BaseUpdates) }

        then:
        diagnostics*.detail().any { it.contains('alpine has nothing that installs updates by itself') }
    }
}
