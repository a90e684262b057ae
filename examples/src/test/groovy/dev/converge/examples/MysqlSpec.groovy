package dev.converge.examples

import dev.converge.Converge
import dev.converge.Repository
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise
import spock.lang.TempDir

/**
 * The database with the real MariaDB. Nothing starts services here: this test starts the server once its package is
 * there, and meanwhile looks for the password where nobody may find it.
 */
@Stepwise
@Requires({ Machine.ours && !Machine.isInstalled('mariadb-common') && !Files.exists(MysqlSpec.FOR_TOOLS) })
class MysqlSpec extends Specification {
    static final String PASSWORD = 'replace-me-before-use'
    static final Path FOR_TOOLS = Path.of('/root/.my.cnf')
    static final Path DATA = Path.of('/var/lib/mysql')
    static final Path SOCKET = Path.of('/run/mysqld/mysqld.sock')

    @Shared
    @AutoCleanup
    AutoCloseable turn = Machine.turn('packages')

    @Shared
    @TempDir
    Path folder

    @Shared
    Path state

    @Shared
    Closure letServices

    @Shared
    Process server

    def setupSpec() {
        state = folder.resolve('state')
        letServices = Machine.withoutServices()
    }

    def cleanupSpec() {
        server?.destroy()
        server?.waitFor(30, TimeUnit.SECONDS)
        Machine.purge('mariadb-server')
        Machine.removeAccounts('mysql')
        [DATA as String, '/var/log/mysql', '/etc/mysql', SOCKET.parent as String].each { new File(it).deleteDir() }
        Files.deleteIfExists(FOR_TOOLS)
        letServices()
    }

    def "a run installs it and sets the password, which nobody sees"() {
        given:
        def seen = new CopyOnWriteArrayList<String>()

        when:
        def process = Converge.HERE.start(state, 'examples/mysql')
        def watch = Thread.start {
            while (process.alive) {
                seen.addAll(commandLines().findAll { it.contains(PASSWORD) })
                startServerOnceInstalled()
            }
        }
        def ran = Converge.HERE.ended(process)
        watch.join()

        then:
        ran.exit == 0
        ran.changes.last() == 'exec[set the root password]'
        canLogIn(PASSWORD)
        !canLogIn('')

        and:
        !ran.all.contains(PASSWORD)
        seen.empty
        leaks().empty
    }

    def "a second run does nothing"() {
        when:
        def ran = Converge.HERE.run(state, '--output=json', 'examples/mysql')

        then:
        ran.exit == 0
        ran.out.replaceAll(/\s/, '').contains('"changed":0,"pending":0,"failed":0,"skipped":0')
        !ran.all.contains(PASSWORD)
    }

    def "another password takes the place of the first, which is kept where only root can read it"() {
        given:
        def other = folder.resolve('other')
        Files.createDirectories(other.resolve('templates'))
        Files.writeString(other.resolve('site.groovy'), Repository.text('examples/mysql/site.groovy').replace(PASSWORD, 'another-one'))
        Files.writeString(other.resolve('templates/my.cnf'), Repository.text('examples/mysql/templates/my.cnf'))

        when:
        def ran = Converge.HERE.run(state, "$other")

        then:
        ran.exit == 0
        ran.changes == ["file[$FOR_TOOLS]", 'exec[set the root password]']
        canLogIn('another-one')
        !canLogIn(PASSWORD)

        and:
        !(ran.all =~ /$PASSWORD|another-one/)
        leaks().empty

        and:
        files().any { it.startsWith(state.resolve('backups/objects')) && Files.readString(it).contains(PASSWORD) && owner(it) == 'root 600' }
    }

    private void startServerOnceInstalled() {
        if (server == null && Files.exists(DATA.resolve('mysql')) && Machine.isInstalled('mariadb-server')) {
            Machine.run('install', '-d', '-o', 'mysql', '-g', 'mysql', "${SOCKET.parent}")
            server = new ProcessBuilder('mariadbd', '--no-defaults', '--user=mysql', "--datadir=$DATA", "--socket=$SOCKET", '--bind-address=127.0.0.1')
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
        }
    }

    /** Of every process, as every user of the machine could read it. */
    private static List<String> commandLines() {
        new File('/proc').list().findAll { it.isInteger() }.collect { process ->
            try {
                Files.readString(Path.of('/proc', process, 'cmdline'))
            } catch (IOException ignored) {
                '' // it has ended
            }
        }
    }

    /** Over TCP, where only the password counts. */
    private static boolean canLogIn(String password) {
        def client = new ProcessBuilder('mysql', '--no-defaults', '--user=root', '--protocol=tcp', '--execute', 'SELECT 1')
        client.environment().put('MYSQL_PWD', password)
        client.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0
    }

    /** Files of the state directory that hold a password, but those that may: copies of what was replaced, and compiled manifests. */
    private List<Path> leaks() {
        files().findAll { !mayHold(it) && it.toFile().getText('ISO-8859-1') =~ /$PASSWORD|another-one/ }
    }

    private boolean mayHold(Path file) {
        ['backups/objects', 'manifests'].any { file.startsWith(state.resolve(it)) } && owner(file) == 'root 600'
    }

    private static String owner(Path file) {
        Machine.run('stat', '-c', '%U %a', "$file").trim()
    }

    private List<Path> files() {
        Files.walk(state).withCloseable { it.filter(Files::isRegularFile).toList() }
    }
}
