package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import dev.converge.testhost.TestHost
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The database of the examples with the real MariaDB: its passwords are encrypted in the site, and nobody sees them. */
@Stepwise
@Requires({ TestHost.possible })
class MysqlSpec extends Specification {
    static final String SHOP = 'replace-me-before-use'
    static final String REPORTS = 'and-me-too'
    static final String OTHER = 'another-one-9'
    static final Path SITE = Repository.path('examples/mysql')
    static final String KEY = '/etc/converge/example.key'

    @Shared
    @AutoCleanup
    TestHost host = Converge.HERE.boot()

    Onlooker onlooker = new Onlooker(SHOP, REPORTS, OTHER)

    def setupSpec() {
        Files.walk(SITE).withCloseable { paths ->
            paths.filter { Files.isRegularFile(it) }.forEach { write("/root/site/${SITE.relativize(it)}", Files.readString(it)) }
        }
    }

    def "without the key nothing is done, and the way to it is told"() {
        when:
        def ran = converge()

        then:
        ran.exit == 1
        ran.err.contains("There is no key $KEY")
        ran.err.contains('data/common.yaml:')
    }

    def "a run makes server, database and users, and nobody sees a password"() {
        given:
        write(KEY, Files.readString(Converge.EXAMPLE_KEY))
        host.run('chmod', '0600', KEY)

        when:
        def ran = onlooker.during(host) { converge() }

        then:
        ran.exit == 0
        may('shop', SHOP, 'CREATE TABLE shop.t (a INT)')
        may('reports', REPORTS, 'SELECT * FROM shop.t')
        !may('reports', REPORTS, 'INSERT INTO shop.t VALUES (1)')
        !may('shop', '', 'SELECT 1')

        and:
        host.run('runuser', '-u', 'shop', '--', 'mariadb', '--defaults-file=/etc/shop.cnf', '--execute', 'SELECT CURRENT_USER()').contains('shop@localhost')

        and:
        !onlooker.finds(ran.all)
        onlooker.seen.empty
        onlooker.files(host) == ['/etc/shop.cnf']
    }

    def "a second run does nothing"() {
        when:
        def ran = converge('--output=json')

        then:
        ran.exit == 0
        ran.out.replaceAll(/\s/, '').contains('"changed":0,"pending":0,"failed":0,"skipped":0')
        !onlooker.finds(ran.all)
    }

    def "another password takes the place of the first, which is kept where only root can read it"() {
        given:
        def encrypted = Converge.HERE.shell("printf %s '$OTHER' | ./converge data encrypt --key-file ${Converge.HERE.key}").out.trim()
        def data = Files.readString(host.path('/root/site/data/common.yaml'))
        write('/root/site/data/common.yaml', data.replaceFirst(/ENC\[[^]]+]/, encrypted))

        when:
        def ran = onlooker.during(host) { converge() }

        then:
        ran.exit == 0
        ran.changes as Set == ['command[mariadb: user shop@localhost]', 'file[/etc/shop.cnf]'] as Set
        may('shop', OTHER, 'SELECT * FROM shop.t')
        !may('shop', SHOP, 'SELECT 1')

        and:
        !onlooker.finds(ran.all)
        onlooker.seen.empty
        def holding = onlooker.files(host) - '/etc/shop.cnf'
        holding.size() == 1
        holding[0].startsWith('/var/lib/converge/backups/objects')
        host.run('stat', '-c', '%U %a', holding[0]).trim() == 'root 600'
    }

    private void write(String file, String text) {
        Files.createDirectories(host.path(file).parent)
        Files.writeString(host.path(file), text)
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.inside(host, *options, '/root/site')
    }

    /** By the password alone. */
    private boolean may(String user, String password, String sql) {
        host.attempt([MYSQL_PWD: password], 'mariadb', '--no-defaults', "--user=$user" as String, '--execute', sql).ok
    }
}
