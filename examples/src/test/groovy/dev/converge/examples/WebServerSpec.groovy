package dev.converge.examples

import dev.converge.Converge
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.LinkOption
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The web server with the real nginx, in a booted host: made, left alone, damaged by hand, repaired. */
@Stepwise
@Requires({ TestHost.possible })
class WebServerSpec extends Specification {
    static final String CONFIGURATION = '/etc/nginx/nginx.conf'
    static final String SITE = '/etc/nginx/sites-available/shop'
    static final String LINK = '/etc/nginx/sites-enabled/shop'
    static final String INDEX = '/srv/shop/index.html'

    @Shared
    @AutoCleanup
    TestHost machine = Converge.HERE.boot()

    @Shared
    int reloadsAtFirst

    def "a dry run expects what it cannot see yet, and changes nothing"() {
        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.out.contains('+ pkg[nginx-light] would be installed')
        tried.out.contains('failed 0, skipped 0')
        !machine.attempt('dpkg', '-s', 'nginx-light').ok
        !machine.attempt('id', 'www-shop').ok
        !Files.exists(machine.path(INDEX).parent)
    }

    def "a run makes a web server that serves, whose own check is content"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        served().contains('<')
        machine.run('systemctl', 'is-active', 'nginx').trim() == 'active'
        machine.run('systemctl', 'is-enabled', 'nginx').trim() == 'enabled'
        ran.out.count('service[nginx] refreshed') == 1

        cleanup: 'the package itself may have reloaded it'
        reloadsAtFirst = reloads
        machine.run('nginx', '-t').contains('test is successful')
        machine.run('nginx', '-T').contains('server_name shop.example.com;')
        !Files.exists(machine.path('/etc/nginx/sites-enabled/default'), LinkOption.NOFOLLOW_LINKS)
        machine.run('stat', '-c', '%U:%G %a', INDEX).trim() == 'www-shop:www-shop 644'
    }

    def "a second run changes nothing"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 0, failed 0, skipped 0')
        reloads == reloadsAtFirst
    }

    def "a dry run shows exactly what was changed by hand"() {
        given:
        def site = machine.path(SITE)
        Files.writeString(site, Files.readString(site).replace('listen 8080;', 'listen 9090;'))
        Files.setPosixFilePermissions(machine.path(INDEX), PosixFilePermissions.fromString('rw-rw-rw-'))
        Files.delete(machine.path(LINK))

        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.changes == ["file[$INDEX]", "file[$SITE]", "link[$LINK]", 'exec[check the whole configuration]', 'service[nginx]']
        tried.out.contains('-    listen 9090;')
        tried.out.contains('+    listen 8080;')
        tried.out =~ /index\.html] would correct mode 0666 \S+ 0644/
        Files.readString(site).contains('listen 9090;')
        !Files.exists(machine.path(LINK), LinkOption.NOFOLLOW_LINKS)
    }

    def "the next run repairs it"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 5, failed 0, skipped 0')
        Files.readString(machine.path(SITE)).contains('listen 8080;')
        PosixFilePermissions.toString(Files.getPosixFilePermissions(machine.path(INDEX))) == 'rw-r--r--'
        Files.readSymbolicLink(machine.path(LINK)) == Path.of(SITE)
        machine.run('nginx', '-t').contains('test is successful')
        served().contains('<')
        reloads == reloadsAtFirst + 1
    }

    def "a server that was stopped and disabled is started and enabled, and not reloaded on top of it"() {
        given:
        machine.run('systemctl', 'disable', '--now', 'nginx')
        Files.writeString(machine.path(SITE), '# gone\n')

        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.changes == ["file[$SITE]", 'exec[check the whole configuration]', 'service[nginx]']
        machine.run('systemctl', 'is-enabled', 'nginx').trim() == 'enabled'
        served().contains('<')
        reloads == reloadsAtFirst + 1
    }

    def "a configuration that nginx refuses never takes its place"() {
        given:
        def before = Files.readString(machine.path(CONFIGURATION))
        Files.writeString(machine.path('/root/broken.groovy'), """\
            file('$CONFIGURATION') {
                content 'worker_processes lots;'
                validate 'nginx -t -c %'
            }
            """.stripIndent())

        when:
        def ran = Converge.HERE.inside(machine, '/root/broken.groovy')

        then:
        ran.exit == 4
        ran.out.contains('worker_processes')
        Files.readString(machine.path(CONFIGURATION)) == before
    }

    private String served() {
        machine.run('bash', '-c', 'exec 3<>/dev/tcp/127.0.0.1/8080 && printf "GET / HTTP/1.0\r\n\r\n" >&3 && cat <&3')
    }

    /** How often systemd has reloaded nginx since the host started. */
    private int getReloads() {
        machine.run('journalctl', '-q', '-o', 'cat', '-u', 'nginx').readLines().count { it.startsWith('Reloaded ') }
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.inside(machine, *options, "$Converge.HERE.checkout/examples/web-server")
    }
}
