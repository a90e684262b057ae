package dev.converge.modules

import dev.converge.examples.Onlooker
import dev.converge.testhost.TestHost
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.Stepwise

/** The module mariadb on a real host, by what its users can do, and by who sees their passwords. */
@Stepwise
@Requires({ TestHost.possible })
class MariadbModuleSpec extends Specification {
    /** With what shell, SQL and expressions could stumble over. */
    static final String PASSWORD = 'it\'s "the" $(one)\\ `of` %s all; ü'
    static final String OTHER = 'another-one-9'

    @Shared
    @AutoCleanup
    ModuleHost host = new ModuleHost('mariadb')

    private static String manifest(String password, String rights = "['SELECT', 'INSERT']", String more = '') {
        """\
        include(Mariadb) {
            bufferPool '16M'
            settings(performance_schema: false, general_log: true, general_log_file: 'general.log')
            databases([shop_eu: [:], old: [characterSet: 'latin1', collation: 'latin1_swedish_ci']])
            users([
                shop: [password: secret('${password.replace('\\', '\\\\').replace("'", "\\'")}'), grants: ['shop_eu.*': $rights]],
                nobody: [grants: ['*.*': ['PROCESS'], 'old.*': ['ALL', 'GRANT OPTION']]],
            ])
        }
        $more
        """.stripIndent()
    }

    /** As the user, for whom the password alone counts. */
    private boolean may(String password = PASSWORD, String sql) {
        host.attempt([MYSQL_PWD: password], 'mariadb', '--no-defaults', '--user=shop', '--execute', sql).ok
    }

    private String asked(String sql) {
        host.run('mariadb', '--no-defaults', '--batch', '--raw', '--skip-column-names', '--execute', sql).trim()
    }

    def "a server, databases and users are there after one run, and nobody sees a password meanwhile"() {
        given:
        def onlooker = new Onlooker(PASSWORD)

        when:
        def ran = onlooker.during(host.machine) { host.converge(manifest(PASSWORD)) }

        then:
        ran.exit == 0
        onlooker.seen.empty
        !ran.all.contains(PASSWORD)

        when:
        def again = host.converge(manifest(PASSWORD), '--output', 'json')

        then:
        again.exit == 0
        again.out.replaceAll(/\s/, '').contains('"changed":0,"pending":0,"failed":0,"skipped":0')
        !again.all.contains(PASSWORD)
    }

    def "the settings are those of the server that runs"() {
        expect:
        asked('SELECT @@innodb_buffer_pool_size, @@bind_address, @@character_set_server, @@performance_schema') == '16777216\t127.0.0.1\tutf8mb4\t0'
        asked("SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = 'old'") == 'latin1'
    }

    def "the user has the rights that were declared, and no others"() {
        expect:
        may('SELECT 1')
        !may('CREATE TABLE shop_eu.t (a INT)')
        asked('CREATE TABLE shop_eu.t (a INT)').empty
        asked('CREATE DATABASE shopXeu').empty
        may('INSERT INTO shop_eu.t VALUES (1); SELECT * FROM shop_eu.t')
        !may('DELETE FROM shop_eu.t')
        !may('USE shopXeu')
        !may('wrong', 'SELECT 1')
        !may('', 'SELECT 1')
    }

    def "a user without a password is the account of the same name"() {
        expect:
        host.run('runuser', '-u', 'nobody', '--', 'mariadb', '--no-defaults', '--execute', 'CREATE TABLE old.t (a INT); SELECT CURRENT_USER()').contains('nobody@localhost')
        !host.attempt('mariadb', '--no-defaults', '--user=nobody', '--execute', 'SELECT 1').ok
    }

    def "root has no password: its unix socket alone lets it in"() {
        expect:
        asked('SHOW CREATE USER root@localhost') == 'CREATE USER `root`@`localhost` IDENTIFIED VIA unix_socket'
        !host.attempt('runuser', '-u', 'nobody', '--', 'mariadb', '--no-defaults', '--user=root', '--execute', 'SELECT 1').ok
    }

    def "another password and other rights take the place of the first"() {
        when:
        def ran = host.converge(manifest(OTHER, "['SELECT', 'DELETE']"))

        then:
        ran.exit == 0
        ran.changes == ['command[mariadb: user shop@localhost]']
        ran.out.contains('SELECT, DELETE')
        may(OTHER, 'DELETE FROM shop_eu.t')
        !may(OTHER, 'INSERT INTO shop_eu.t VALUES (2)')
        !may(PASSWORD, 'SELECT 1')
    }

    def "rights that somebody gave by hand are found and taken away"() {
        given:
        asked("GRANT ALL ON *.* TO shop@localhost WITH GRANT OPTION; GRANT SELECT ON old.t TO shop@localhost; ALTER USER nobody@localhost IDENTIFIED BY 'x'")

        when:
        def foreseen = host.converge(manifest(OTHER, "['SELECT', 'DELETE']"), '--dry-run')

        then:
        foreseen.exit == 2
        foreseen.out.contains('ALL PRIVILEGES ON *.* WITH GRANT OPTION')

        and:
        host.settles(manifest(OTHER, "['SELECT', 'DELETE']"))
        asked('SHOW GRANTS FOR shop@localhost').readLines()*.replaceAll(/ TO .*/, '') == ['GRANT USAGE ON *.*', 'GRANT SELECT, DELETE ON `shop\\_eu`.*']
    }

    def "no file has a password but compiled manifests, which are root's alone, and the site itself"() {
        when:
        def found = new Onlooker(PASSWORD, OTHER).files(host.machine)

        then:
        found.findAll { !(it.startsWith('/root/site/') || it.startsWith('/var/cache/converge/manifests/')) } == []
        host.read('/var/lib/mysql/general.log').contains('SHOW GRANTS')
    }

    def "a setting that the server does not know never takes its place"() {
        when:
        def ran = host.converge(manifest(OTHER).replace('performance_schema', 'performance_skema'))

        then:
        ran.exit == 4
        ran.all.contains('performance-skema')
        may(OTHER, 'SELECT 1')
    }
}
