package dev.converge.modules

import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module ssh on a real host: what sshd says that it does, and logins that work or do not. */
@Stepwise
@Requires({ TestHost.possible })
class SshModuleSpec extends Specification {
    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('ssh')

    @Shared
    String hostKey

    @Shared
    String key

    def setupSpec() {
        hostKey = host.read('/etc/ssh/ssh_host_ed25519_key.pub')
        host.run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'alice@laptop', '-f', '/root/alice')
        key = host.read('/root/alice.pub').trim()
    }

    def "without a key, logins with passwords stay as they are, and a run says so"() {
        given:
        def before = effective('passwordauthentication')

        when:
        def ran = host.converge('include(Ssh)')

        then:
        ran.exit == 0
        ran.out.contains('no key is declared')
        effective('passwordauthentication') == before
        effective('x11forwarding') == 'no'
    }

    def "a key that cannot be put in place leaves passwords as they are"() {
        when:
        def ran = host.converge("include(Ssh) { keys([nobody_here: ['$key']]) }")

        then:
        ran.exit == 4
        effective('passwordauthentication') == 'yes'
    }

    def "with a key passwords are over, one run is enough, and the second changes nothing"() {
        expect:
        host.settles(site())
        effective('passwordauthentication') == 'no'
        effective('kbdinteractiveauthentication') == 'no'
        effective('permitrootlogin') == 'without-password'
        effective('maxauthtries') == '2'
        !effective('macs').contains('hmac-sha1')
        !effective('ciphers').contains('cbc')
        host.read('/etc/ssh/ssh_host_ed25519_key.pub') == hostKey
    }

    def "what holds for some connections holds for them only"() {
        expect:
        effective('forcecommand', '-C', 'user=alice,host=h,addr=192.0.2.1') == 'none'
        effective('forcecommand', '-C', 'user=bob,host=h,addr=192.0.2.1') == 'internal-sftp'
        effective('usepam') == 'yes'
        effective('subsystem') == 'sftp /usr/lib/openssh/sftp-server'
    }

    def "the key opens a session, its absence does not"() {
        expect:
        login('-i', '/root/alice').output.trim() == 'alice'
        !login('-i', '/none').ok
    }

    def "a setting that sshd refuses fails, and the server stays as it is"() {
        given:
        def before = host.read('/etc/ssh/sshd_config.d/00-converge.conf')

        when:
        def ran = host.converge(site('UseDNS: "perhaps"'))

        then:
        ran.exit == 4
        ran.out.contains("refused by 'sshd -t -f %'")
        host.read('/etc/ssh/sshd_config.d/00-converge.conf') == before
        login('-i', '/root/alice').ok
    }

    private String site(String setting = 'UseDNS: false') {
        """
        user('alice') {
            shell '/bin/sh'
            home '/home/alice'
            manageHome true
        }
        user 'bob'
        include(Ssh) {
            keys([alice: ['$key']])
            exclusiveKeys(['alice'])
            maxAuthTries 6
            settings([MaxAuthTries: 2, $setting])
            matches(['User bob': [ForceCommand: 'internal-sftp']])
        }
        """
    }

    private login(String... options) {
        host.attempt('ssh', '-o', 'BatchMode=yes', '-o', 'LogLevel=ERROR', '-o', 'StrictHostKeyChecking=no', '-o', 'IdentitiesOnly=yes', *options,
            'alice@127.0.0.1', 'id', '-un')
    }

    /** What sshd itself makes of its configuration. */
    private String effective(String key, String... connection) {
        host.run('sshd', '-T', *connection).readLines().find { it.startsWith("$key ") }?.substring(key.size() + 1)
    }
}
