package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module sudo on a real host, by what sudo itself says and does. */
@Stepwise
@Requires({ TestHost.possible })
class SudoModuleSpec extends Specification {
    static final String ACCOUNTS = "group 'ops'\nuser('alice') { groups 'ops' }\nuser('carl')\n"
    static final String RULES = ACCOUNTS + '''\
        include(Sudo) {
            rules([
                ops: [groups: ['ops'], commands: ['/usr/bin/id', '/usr/bin/true ""'], askPassword: false, defaults: ['!lecture']],
                carl: [users: ['carl'], commands: ['/usr/bin/id'], runAs: 'alice', askPassword: false, priority: 60],
            ])
            defaults(['timestamp_timeout=5'])
            purge true
        }
        '''

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('sudo')

    def "rules are there after one run, and the second changes nothing"() {
        expect:
        host.settles(RULES)
        host.run('visudo', '-c').contains('/etc/sudoers.d/50-ops: parsed OK')
        host.run('stat', '-c', '%U:%G %a', '/etc/sudoers.d/50-ops').trim() == 'root:root 440'
    }

    def "sudo lets #account run #command: #allowed"() {
        expect:
        host.attempt('runuser', '-u', account, '--', 'sudo', '-n', *command.tokenize()).ok == allowed

        where:
        account | command           || allowed
        'alice' | 'id'              || true
        'alice' | 'true'            || true
        'alice' | 'true x'          || false
        'alice' | 'ls'              || false
        'carl'  | '-u alice id'     || true
        'carl'  | 'id'              || false
    }

    def "sudo -l lists a rule as it was meant"() {
        given:
        def listed = host.run('sudo', '-l', '-U', 'alice')

        expect:
        listed.contains('(ALL : ALL) NOPASSWD: /usr/bin/id, /usr/bin/true ""')
        listed.contains('timestamp_timeout=5')
    }

    def "a rule that visudo refuses fails, the old one stays, and nothing is purged"() {
        given:
        def before = host.read('/etc/sudoers.d/50-ops')
        host.write('/etc/sudoers.d/by-hand', 'carl ALL=(ALL) /usr/bin/true\n')

        when:
        def ran = host.converge(RULES.replace("'/usr/bin/id', ", "'id', "))

        then:
        ran.exit == 4
        ran.out.contains('fully-qualified path')
        host.read('/etc/sudoers.d/50-ops') == before
        host.attempt('test', '-e', '/etc/sudoers.d/by-hand').ok
    }

    def "a purge takes what nobody declared, and leaves the README of the distribution"() {
        expect:
        host.settles(RULES)
        host.run('ls', '/etc/sudoers.d').tokenize() as Set == ['00-defaults', '50-ops', '60-carl', 'README'] as Set
    }

    def "a rule with #mistake is refused before the host is looked at"() {
        when:
        def ran = host.converge(ACCOUNTS + "include(Sudo) { rules([$rule]) }")

        then:
        ran.exit == 1
        ran.all.contains(message)

        where:
        mistake               | rule                                   || message
        'a dot in its name'   | "'ops.d': [groups: ['ops'], commands: ['/a']]" || 'only have letters, digits'
        'nobody in it'        | 'ops: [commands: ["ALL"]]'             || 'is about nobody'
        'a misspelled word'   | 'ops: [groups: ["ops"], comands: []]'  || 'has no "comands"'
        'two lines in a part' | 'ops: [users: ["a\\nALL"], commands: ["ALL"]]'            || 'more than one line'
    }
}
