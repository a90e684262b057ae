/**
 * Updates that install themselves: unattended-upgrades on Debian and Ubuntu, dnf-automatic on Red Hat. Which ones, when
 * the host may boot for them, and who is told.
 */
class BaseUpdates extends Composite {
    /** Patterns of unattended-upgrades for what is installed; the distribution's security updates when left out. Debian and Ubuntu only. */
    List<String> origins = ['origin=${distro_id},suite=${distro_codename}-security', 'origin=${distro_id},codename=${distro_codename}-security']
    /** Whether all updates are installed, or security updates only. Red Hat only; elsewhere origins say it. */
    @OneOf(['security', 'default'])
    String upgradeType = 'security'
    /** Packages that stay as they are: regular expressions on Debian and Ubuntu, names with * on Red Hat. */
    List<String> blacklist = []
    /** After how many days the lists are read and updates installed. Debian and Ubuntu only. */
    @Between(min = 1, max = 30)
    int everyDays = 1
    /** Whether packages go that nothing needs any more. Debian and Ubuntu only. */
    boolean removeUnused = true
    /** Whether the host boots when an update asks for it. */
    boolean reboot = false
    /** When. Debian and Ubuntu only. */
    @Matches('now|\\d\\d:\\d\\d')
    String rebootTime = '04:00'
    /** Who gets mail of what was done; nobody when left out. */
    String mail = null

    void declare() {
        if (facts.os.family == 'debian') {
            ofApt()
            return
        }
        if (facts.os.family == 'redhat') {
            ofDnf()
            return
        }
        fail "BaseUpdates: ${facts.os.name} has nothing that installs updates by itself. Say automaticUpdates false of Base."
    }

    private void ofApt() {
        pkg 'unattended-upgrades'
        // Behind 50unattended-upgrades, which the package brings and may change.
        file('/etc/apt/apt.conf.d/52unattended-upgrades-converge') {
            content template('base/unattended-upgrades', origins: origins, blacklist: blacklist, everyDays: everyDays,
                    removeUnused: removeUnused, reboot: reboot, rebootTime: rebootTime, mail: mail ?: '')
            owner 'root'
            group 'root'
            mode '0644'
            validate 'apt-config', '-c', '%', 'dump'
            requires pkg['unattended-upgrades']
        }
        service(['apt-daily.timer', 'apt-daily-upgrade.timer']) {
            running true
            enabled true
        }
    }

    private void ofDnf() {
        pkg 'dnf-automatic'
        Map<String, String> wanted = [
            'commands/upgrade_type': upgradeType,
            'commands/download_updates': 'yes',
            'commands/apply_updates': 'yes',
            'commands/reboot': reboot ? 'when-needed' : 'never',
            'emitters/emit_via': mail == null ? 'stdio' : 'email',
        ]
        if (mail != null) {
            wanted.put('email/email_to', mail)
        }
        if (!blacklist.isEmpty()) {
            wanted.put('base/excludepkgs', blacklist.join(' '))
        }
        wanted.each { place, text ->
            iniSetting('/etc/dnf/automatic.conf', place.takeBefore('/'), place.takeAfter('/'), text) { requires pkg['dnf-automatic'] }
        }
        service('dnf-automatic.timer') {
            running true
            enabled true
            requires pkg['dnf-automatic']
        }
    }
}
