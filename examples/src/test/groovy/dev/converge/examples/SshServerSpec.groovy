package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** A real sshd in a booted host, set through Augeas: which the same run installs. */
@Stepwise
@Requires({ TestHost.possible })
class SshServerSpec extends Specification {
    static final String CONFIGURATION = '/etc/ssh/sshd_config'
    static final List<String> SETTINGS = ['PermitRootLogin', 'PasswordAuthentication', 'KbdInteractiveAuthentication', 'X11Forwarding']

    @Shared
    @AutoCleanup
    TestHost machine = Converge.HERE.boot()

    @Shared
    List<String> original

    def "a dry run without Augeas says what it cannot see yet, and changes nothing"() {
        given:
        original = lines()

        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.out.contains('+ pkg[libaugeas0] would be installed')
        tried.out.contains('failed 0, skipped 0')
        lines() == original
        !machine.attempt('dpkg', '-s', 'libaugeas0').ok
    }

    def "a run changes the lines of its settings and no other, and sshd takes them over"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        original.findAll { line -> !SETTINGS.any { line.contains(it) } } == lines().findAll { line -> !SETTINGS.any { line.contains(it) } }
        effective('permitrootlogin') == 'without-password'
        effective('passwordauthentication') == 'no'
        effective('x11forwarding') == 'no'
        reloads == 1
        machine.run('systemctl', 'is-active', 'ssh').trim() == 'active'
    }

    def "a second run changes nothing"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 0, failed 0, skipped 0')
        reloads == 1
    }

    def "a setting changed by hand is shown as a diff, and put back with one reload"() {
        given:
        def file = machine.path(CONFIGURATION)
        Files.writeString(file, Files.readString(file).replace('X11Forwarding no', 'X11Forwarding yes'))

        when:
        def tried = converge('--dry-run')

        then:
        tried.out.contains('-X11Forwarding yes')
        tried.out.contains('+X11Forwarding no')
        tried.changes == ["setting[$CONFIGURATION:X11Forwarding]", 'service[ssh]']

        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.changes == tried.changes
        effective('x11forwarding') == 'no'
        reloads == 2
    }

    def "a setting that sshd does not take fails, and its file and the server stay as they are"() {
        given:
        def before = lines()
        def manifest = machine.path('/tmp/wrong.groovy')
        Files.writeString(manifest, "setting('$CONFIGURATION', 'PermitRootLogin', 'perhaps') { validate 'sshd -t -f %' }")

        when:
        def ran = Converge.HERE.inside(machine, '/tmp/wrong.groovy')

        then:
        ran.exit == 4
        ran.out.contains("refused by 'sshd -t -f %'")
        ran.out.contains('unsupported option "perhaps"')
        lines() == before
        reloads == 2
    }

    private List<String> lines() {
        Files.readAllLines(machine.path(CONFIGURATION))
    }

    /** What sshd itself makes of its configuration. */
    private String effective(String key) {
        machine.run('sshd', '-T').readLines().find { it.startsWith("$key ") }?.split(' ')?.last()
    }

    private int getReloads() {
        machine.run('journalctl', '-q', '-o', 'cat', '-u', 'ssh').readLines().count { it.startsWith('Reloaded ') }
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.inside(machine, *options, "$Converge.HERE.checkout/examples/ssh-server")
    }
}
