/**
 * sudo and its rules: each is a file of its own in /etc/sudoers.d that visudo has accepted before sudo sees it.
 *
 * <p>/etc/sudoers itself stays the distribution's, apart from the line that makes sudo read that folder.
 */
class Sudo extends Composite {
    /** Rules by name, each with the parameters of SudoRule: {@code [ops: [groups: ['ops'], commands: ['/usr/bin/systemctl']]]}. */
    @EachOf('SudoRule')
    Map<String, Map<String, Object>> rules = [:]
    /** Settings for everybody, as sudoers(5) has them behind Defaults: {@code 'use_pty'}, {@code 'timestamp_timeout=5'}. */
    List<String> defaults = []
    /** Whether files in /etc/sudoers.d go that nothing declares; only once all rules here are in place. */
    boolean purge = false
    /** Names in /etc/sudoers.d that a purge leaves alone. */
    List<String> keep = ['README']
    /** The package. */
    @NotEmpty
    String packageName = 'sudo'

    void declare() {
        pkg packageName
        line('/etc/sudoers', "${facts.os.family == 'redhat' ? '#' : '@'}includedir /etc/sudoers.d") {
            match '^[@#]includedir\\s+/etc/sudoers\\.d/?\\s*$'
            validate 'visudo', '-cf', '%'
            requires pkg[packageName]
        }
        List<Target> written = rules.collect { ruleName, rule -> ruled(ruleName, rule) }
        if (!defaults.isEmpty()) {
            written << settings()
        }
        if (purge) {
            written << directory('/etc/sudoers.d') {
                purge true
                ignore keep
                requires pkg[packageName]
                requires written
            }
        }
        if (!written.isEmpty()) {
            // Each file was accepted alone; names that two of them define differently are seen only here.
            exec('visudo judges all rules together') {
                command 'visudo', '-c'
                refreshOnly true
                subscribes written
            }
        }
    }

    private Target settings() {
        file('/etc/sudoers.d/00-defaults') {
            content template('sudo/defaults', lines: defaults)
            owner 'root'
            group 'root'
            mode '0440'
            validate 'visudo', '-cf', '%'
            requires pkg[packageName]
        }
    }

    private Target ruled(String ruleName, Map<String, Object> rule) {
        include(SudoRule, ruleName) {
            users texts(rule['users'], [])
            groups texts(rule['groups'], [])
            commands texts(rule['commands'], [])
            hosts texts(rule['hosts'], ['ALL'])
            runAs((rule['runAs'] ?: 'ALL:ALL').toString())
            askPassword rule['askPassword'] != false
            options texts(rule['options'], [])
            defaults texts(rule['defaults'], [])
            priority rule['priority'] == null ? 50 : rule['priority'] as int
            requires pkg[packageName]
        }
    }

    private static List<String> texts(Object given, List<String> otherwise) {
        given instanceof List ? given.collect { text -> text.toString() } : otherwise
    }
}
