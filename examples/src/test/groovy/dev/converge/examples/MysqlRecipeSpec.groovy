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

/**
 * The classic recipe for a database, with the real MariaDB: packages, then an exec that is refreshOnly, subscribed to
 * them, and guarded by unless. Nobody sees the password.
 */
@Stepwise
@Requires({ TestHost.possible })
class MysqlRecipeSpec extends Specification {
    static final String PASSWORD = 'replace-me-before-use'
    static final String OTHER = 'another-one'
    static final Path SITE = Repository.path('examples/src/test/resources/mysql-recipe')

    @Shared
    @AutoCleanup
    TestHost host = Converge.HERE.boot()

    Onlooker onlooker = new Onlooker(PASSWORD, OTHER)

    def setupSpec() {
        // An account of MariaDB is of a name, which the server finds for the address of who logs in.
        Files.writeString(host.path('/etc/hosts'), '127.0.0.1 localhost\n')
    }

    def "a run installs it and sets the password, which nobody sees"() {
        given:
        site(PASSWORD)

        when:
        def ran = onlooker.during(host) { converge() }

        then:
        ran.exit == 0
        ran.changes.last() == 'exec[set the root password]'
        canLogIn(PASSWORD)
        !canLogIn('')

        and:
        !onlooker.finds(ran.all)
        onlooker.seen.empty
        leaks().empty
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
        site(OTHER)

        when:
        def ran = onlooker.during(host) { converge() }

        then:
        ran.exit == 0
        ran.changes == ['file[/root/.my.cnf]', 'exec[set the root password]']
        canLogIn(OTHER)
        !canLogIn(PASSWORD)

        and:
        !onlooker.finds(ran.all)
        onlooker.seen.empty
        leaks().empty

        and:
        new Onlooker(PASSWORD).files(host).any { isBackup(it) && owner(it) == 'root 600' }
    }

    private void site(String password) {
        Files.createDirectories(host.path('/root/site/templates'))
        Files.writeString(host.path('/root/site/site.groovy'), Files.readString(SITE.resolve('site.groovy')).replace(PASSWORD, password))
        Files.writeString(host.path('/root/site/templates/my.cnf'), Files.readString(SITE.resolve('templates/my.cnf')))
    }

    private Converge.Ended converge(String... options) {
        Converge.HERE.inside(host, *options, '/root/site')
    }

    /** Over TCP, where only the password counts. */
    private boolean canLogIn(String password) {
        host.attempt([MYSQL_PWD: password], 'mariadb', '--no-defaults', '--user=root', '--protocol=tcp', '--execute', 'SELECT 1').ok
    }

    /** Files that hold a password, but those that may: the site, root's own file, and what is root's alone. */
    private List<String> leaks() {
        onlooker.files(host).findAll { !(it.startsWith('/root/') || isRootsAlone(it)) }
    }

    private boolean isRootsAlone(String file) {
        (isBackup(file) || file.startsWith('/var/cache/converge/manifests/')) && owner(file) == 'root 600'
    }

    private static boolean isBackup(String file) {
        file.startsWith('/var/lib/converge/backups/objects')
    }

    private String owner(String file) {
        host.run('stat', '-c', '%U %a', file).trim()
    }
}
