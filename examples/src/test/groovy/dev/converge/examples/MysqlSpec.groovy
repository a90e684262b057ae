package dev.converge.examples

import dev.converge.Converge
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeUnit
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
    static final Path SOCKET = Path.of('/run/mysqld/mysqld.sock')

    @Shared
    @TempDir
    Path state

    @Shared
    Closure letServices

    @Shared
    Process server

    def setupSpec() {
        letServices = Machine.withoutServices()
    }

    def cleanupSpec() {
        server?.destroy()
        server?.waitFor(30, TimeUnit.SECONDS)
        Machine.purge('mariadb-server')
        Machine.removeAccounts('mysql')
        ['/var/lib/mysql', '/var/log/mysql', '/etc/mysql', SOCKET.parent as String].each { new File(it).deleteDir() }
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

    def "what is replaced is kept where only root can read it"() {
        given:
        FOR_TOOLS << '# by hand\n'

        when:
        def ran = Converge.HERE.run(state, '--output=json', 'examples/mysql')

        then:
        ran.exit == 0
        ran.out.replaceAll(/\s/, '').contains('"changed":1,"pending":0,"failed":0,"skipped":0')
        !ran.all.contains(PASSWORD)
        leaks().empty

        and:
        kept().any { Files.readString(it).endsWith('# by hand\n') }
        kept().every { Machine.run('stat', '-c', '%U %a', "$it").trim() == 'root 600' }
    }

    private void startServerOnceInstalled() {
        if (server == null && Machine.isInstalled('mariadb-server')) {
            Machine.run('install', '-d', '-o', 'mysql', '-g', 'mysql', "${SOCKET.parent}")
            server = new ProcessBuilder('mariadbd', '--no-defaults', '--user=mysql', '--datadir=/var/lib/mysql', "--socket=$SOCKET", '--skip-networking')
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

    private static boolean canLogIn(String password) {
        def client = new ProcessBuilder('mysql', '--no-defaults', '--user=root', "--socket=$SOCKET", '--execute', 'SELECT 1')
        client.environment().put('MYSQL_PWD', password)
        client.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0
    }

    /** Files of the state directory that hold the password, copies of what was replaced left out. */
    private List<Path> leaks() {
        files().findAll { !it.startsWith(state.resolve('backups/objects')) && it.text.contains(PASSWORD) }
    }

    private List<Path> kept() {
        files().findAll { it.startsWith(state.resolve('backups/objects')) }
    }

    private List<Path> files() {
        Files.walk(state).withCloseable { it.filter(Files::isRegularFile).toList() }
    }
}
