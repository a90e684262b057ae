import dev.converge.testing.ManifestSpec

class SudoSpec extends ManifestSpec {
    def "a rule is a file that visudo has to accept, on #system"() {
        given:
        facts system

        when:
        compile {
            include(Sudo) {
                rules([ops: [groups: ['ops'], commands: ['/usr/bin/systemctl'], askPassword: false, options: ['NOEXEC'], defaults: ['!lecture']]])
            }
        }

        then:
        contains file('/etc/sudoers.d/50-ops') {
            content ~/(?m)^Defaults:%ops !lecture\n%ops ALL=\(ALL:ALL\) NOPASSWD: NOEXEC: \/usr\/bin\/systemctl$/
            mode '0440'
            owner 'root'
            validate 'visudo', '-cf', '%'
            requires pkg['sudo']
        }
        notifies file['/etc/sudoers.d/50-ops'], exec['visudo judges all rules together']
        lacks directory['/etc/sudoers.d']

        where:
        system << systems()
    }

    def "/etc/sudoers reads the folder in the words of #system"() {
        given:
        facts system

        when:
        compile { include(Sudo) }

        then:
        contains pkg('sudo'), line('/etc/sudoers', read) { requires pkg['sudo'] }

        where:
        system      | read
        'debian-11' | '@includedir /etc/sudoers.d'
        'rocky-9'   | '#includedir /etc/sudoers.d'
    }

    def "a purge waits for all rules, and leaves alone what it shall"() {
        when:
        compile {
            include(Sudo) {
                rules([ops: [groups: ['ops'], commands: ['ALL']]])
                defaults(['use_pty'])
                purge true
                keep(['README', '90-cloud-init-users'])
            }
        }

        then:
        contains directory('/etc/sudoers.d') { purge true; ignore 'README', '90-cloud-init-users' }
        orders file['/etc/sudoers.d/50-ops'], directory['/etc/sudoers.d'], exec['visudo judges all rules together']
        orders file['/etc/sudoers.d/00-defaults'], directory['/etc/sudoers.d']
    }

    def "names with signs of sudoers are escaped"() {
        when:
        compile {
            include(Sudo)
            include(SudoRule, 'admins') {
                groups(['domain admins'])
                users(['a,b'])
                commands(['ALL'])
                priority 70
            }
        }

        then:
        contains file('/etc/sudoers.d/70-admins') { content ~/(?m)^a\\,b, %domain\\ admins ALL=\(ALL:ALL\) ALL$/ }
    }

    def "a rule with #mistake is refused"() {
        when:
        compile { include(Sudo) { rules([(named): rule]) } }

        then:
        diagnostics*.detail().any { it.contains(said) }

        where:
        mistake             | named   | rule                          || said
        'a dot in its name' | 'ops.d' | [users: ['a'], commands: ['/a']] || 'only have letters, digits'
        'nothing to run'    | 'ops'   | [users: ['a']]                || 'needs "commands"'
        'nobody in it'      | 'ops'   | [commands: ['ALL']]           || 'is about nobody'
        'a misspelled word' | 'ops'   | [users: ['a'], comands: []]   || 'has no "comands"'
        'text for a list'   | 'ops'   | [groups: 'ops', commands: ['/a']] || 'takes a list'
        'two lines'         | 'ops'   | [users: ['a\nALL'], commands: ['/a']] || 'more than one line'
    }
}
