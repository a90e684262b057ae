import dev.converge.testing.ManifestSpec

class SshSpec extends ManifestSpec {
    static final String KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJZ1cWxIOHIHlhqs0v7uUUWgp3rKDmtFfzFB0l1rqkbL'
    static final String SETTINGS = '/etc/ssh/sshd_config.d/00-converge.conf'

    def "without a key nothing is said of passwords and root, and a notice says so, on #system"() {
        given:
        facts system

        when:
        compile { include(Ssh) }

        then:
        contains file(SETTINGS) {
            content { !it.contains('PasswordAuthentication') && !it.contains('PermitRootLogin') && it.contains('X11Forwarding no') }
            mode '0600'
            validate 'sshd', '-t', '-f', '%'
            requires pkg['openssh-server']
        }
        contains notice('ssh: no key is declared in Ssh.keys, so logins with passwords stay as they are.')

        where:
        system << systems()
    }

    def "with a key passwords are over, but only once it is in place, on #system"() {
        given:
        facts system

        when:
        compile {
            user 'alice'
            include(Ssh) {
                keys([alice: ["${KEY} alice@laptop"]])
                exclusiveKeys(['alice'])
            }
        }

        then:
        contains authorizedKey('alice', 'alice@laptop') { key KEY }
        contains file(SETTINGS) {
            content ~/(?m)^PasswordAuthentication no\n${keyboard}Authentication no\nPermitRootLogin prohibit-password$/
        }
        orders authorizedKey['alice:alice@laptop'], authorizedKeys['alice'], file[SETTINGS]
        catalog.names('notice') == []

        where:
        system << systems()
        keyboard = system == 'debian-11' ? 'ChallengeResponse' : 'KbdInteractive'
    }

    def "the server reads settings that sshd has judged as a whole, on #system"() {
        given:
        facts system

        when:
        compile { include(Ssh) }

        then:
        notifies file[SETTINGS], exec['sshd judges its whole configuration']
        orders exec['sshd judges its whole configuration'], service[name]
        contains pkg('openssh-server'), service(name) { running true; enabled true; refresh 'reload' }
        contains line('/etc/ssh/sshd_config', 'Include /etc/ssh/sshd_config.d/*.conf') { before '^' }

        where:
        system         || name
        'debian-12'    || 'ssh'
        'ubuntu-24.04' || 'ssh'
        'rocky-9'      || 'sshd'
        'alpine-3.20'  || 'sshd'
    }

    def "algorithms are the module's on Debian and the crypto policy's on Red Hat"() {
        given:
        facts system

        when:
        compile { include(Ssh) }

        then:
        contains file(SETTINGS) { content { it.contains('Ciphers -') == ours } }

        where:
        system      || ours
        'debian-12' || true
        'rocky-9'   || false
    }

    def "settings take the place of the module's, and matches come last"() {
        when:
        compile {
            include(Ssh) {
                settings([maxauthtries: 2, AcceptEnv: ['LANG', 'LC_*']])
                matches(['Group sftp': [ForceCommand: 'internal-sftp', AllowTcpForwarding: false]])
            }
        }

        then:
        contains file(SETTINGS) { content { !it.contains('MaxAuthTries') && it.contains('\nmaxauthtries 2\nAcceptEnv LANG\nAcceptEnv LC_*\n') } }
        contains file(SETTINGS) { content ~/\nMatch Group sftp\n    ForceCommand internal-sftp\n    AllowTcpForwarding no\n$/ }
    }

    def "a key without a comment is refused, since its line is found by that"() {
        when:
        compile { include(Ssh) { keys([alice: [KEY]]) } }

        then:
        diagnostics*.detail().any { it.contains('a key of alice is not as in a .pub file') }
    }
}
