package dev.converge.examples

import dev.converge.Converge
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.PosixFilePermissions
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/** The web server with the real nginx: made, left alone, damaged by hand, repaired. */
@Stepwise
@Requires({ Machine.ours && !Machine.isInstalled('nginx-common') && !Machine.isUser('www-shop') })
class WebServerSpec extends Specification {
    static final Path CONFIGURATION = Path.of('/etc/nginx/nginx.conf')
    static final Path SITE = Path.of('/etc/nginx/sites-available/shop')
    static final Path LINK = Path.of('/etc/nginx/sites-enabled/shop')
    static final Path INDEX = Path.of('/srv/shop/index.html')

    @Shared
    @AutoCleanup
    AutoCloseable turn = Machine.turn('packages')

    @Shared
    @TempDir
    Path state

    @Shared
    Closure letServices

    def setupSpec() {
        letServices = Machine.withoutServices()
    }

    def cleanupSpec() {
        Machine.purge('nginx-light')
        Machine.removeAccounts('www-shop')
        [CONFIGURATION, INDEX].each { it.parent.toFile().deleteDir() }
        letServices()
    }

    def "a dry run expects what it cannot see yet, and changes nothing"() {
        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.out.contains('+ pkg[nginx-light] would be installed')
        tried.out.contains('failed 0, skipped 0')
        !Machine.isInstalled('nginx-light')
        !Machine.isUser('www-shop')
        !Files.exists(INDEX.parent)
    }

    def "a run makes a web server whose own check is content"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        Machine.run('nginx', '-t').contains('test is successful')
        Machine.run('nginx', '-T').contains('server_name shop.example.com;')
        !Files.exists(LINK.resolveSibling('default'))
        Machine.run('stat', '-c', '%U:%G %a', "$INDEX").trim() == 'www-shop:www-shop 644'
    }

    def "a second run changes nothing"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 0, failed 0, skipped 0')
    }

    def "a dry run shows exactly what was changed by hand"() {
        given:
        Files.writeString(SITE, Files.readString(SITE).replace('listen 8080;', 'listen 9090;'))
        Files.setPosixFilePermissions(INDEX, PosixFilePermissions.fromString('rw-rw-rw-'))
        Files.delete(LINK)

        when:
        def tried = converge('--dry-run')

        then:
        tried.exit == 2
        tried.changes == ["file[$INDEX]", "file[$SITE]", "link[$LINK]", 'exec[check the whole configuration]']
        tried.out.contains('-    listen 9090;')
        tried.out.contains('+    listen 8080;')
        tried.out =~ /index\.html] would change mode 0666 \S+ 0644/
        Files.readString(SITE).contains('listen 9090;')
        !Files.exists(LINK)
    }

    def "the next run repairs it"() {
        when:
        def ran = converge()

        then:
        ran.exit == 0
        ran.out.contains('changed 4, failed 0, skipped 0')
        Files.readString(SITE).contains('listen 8080;')
        PosixFilePermissions.toString(Files.getPosixFilePermissions(INDEX)) == 'rw-r--r--'
        Files.readSymbolicLink(LINK) == SITE
        Machine.run('nginx', '-t').contains('test is successful')
    }

    def "a configuration that nginx refuses never takes its place"() {
        given:
        def before = Files.readString(CONFIGURATION)
        def manifest = Files.writeString(state.resolve('broken.groovy'), """\
            file('$CONFIGURATION') {
                content 'worker_processes lots;'
                validate 'nginx -t -c %'
            }
            """.stripIndent())

        when:
        def ran = Converge.HERE.run(state, "$manifest")

        then:
        ran.exit == 4
        ran.out.contains('worker_processes')
        Files.readString(CONFIGURATION) == before
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.run(state, *options, 'examples/web-server')
    }
}
