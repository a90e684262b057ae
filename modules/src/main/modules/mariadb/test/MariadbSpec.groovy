import dev.converge.testing.ManifestSpec

class MariadbSpec extends ManifestSpec {
    def "a server on #system has its settings in #place and is restarted for them"() {
        given:
        facts system

        when:
        compile { include(Mariadb) { settings(max_connections: 500, skip_name_resolve: true); slowQuerySeconds 2 } }

        then:
        contains pkg('mariadb-server'), service('mariadb') { running true; enabled true; subscribes file[place] }
        contains file(place) {
            content { text ->
                ['[mysqld]', 'bind-address = 127.0.0.1', 'max-connections = 500', 'skip-name-resolve = ON', 'long-query-time = 2'].every { text.readLines().contains(it) } &&
                        !text.contains('max-connections = 151')
            }
            validate program, '--defaults-file=%', '--user=mysql', '--verbose', '--help'
        }
        orders pkg['mariadb-server'], file[place], service['mariadb'], exec['mariadb answers'], command['mariadb: root logs in by its unix socket alone']

        where:
        system << systems('debian', 'ubuntu', 'rocky')
        redhat = system.startsWith('rocky')
        place = redhat ? '/etc/my.cnf.d/zz-converge.cnf' : '/etc/mysql/mariadb.conf.d/90-converge.cnf'
        program = redhat ? '/usr/libexec/mariadbd' : 'mariadbd'
    }

    def "databases and users come from the data, and a password is in no command"() {
        given:
        data mariadb: [databases: [shop_eu: [:], old: [characterSet: 'latin1', collation: 'latin1_bin']],
            users: [shop: [password: "it's", host: '10.0.0.%', grants: ['shop_eu.*': ['insert', 'SELECT'], 'old.t': ['ALL', 'GRANT OPTION'], 'x.*': []]]]]

        when:
        compile { include(Mariadb) }

        then:
        contains command('mariadb: database old') { expectLine 'old latin1 latin1_bin' }
        contains command('mariadb: database shop_eu') { expectLine 'shop_eu utf8mb4 utf8mb4_general_ci' }
        contains command('mariadb: user shop@10.0.0.%') {
            expect 'logs in as declared\nALL PRIVILEGES ON `old`.`t` WITH GRANT OPTION\nSELECT, INSERT ON `shop\\_eu`.*'
            get { words -> !words.toString().contains("it's") }
            set { words -> !words.toString().contains("it's") }
            environment { words ->
                words.PASSWORD.toString() == '********' && words.ACCOUNT.toString() == "'shop'@'10.0.0.%'" &&
                        words.GRANTS.toString().contains("GRANT SELECT, INSERT ON `shop\\_eu`.* TO 'shop'@'10.0.0.%';")
            }
        }
    }

    def "what a fresh installation brings is swept away"() {
        when:
        compile { include(Mariadb) }

        then:
        contains command('mariadb: no users without a name') { expect '0 users' }
        contains command('mariadb: no database test') { expect '0 databases' }
    }

    def "what is there already can be kept"() {
        when:
        compile { include(Mariadb) { keepRootLogins true; secure false } }

        then:
        catalog.names('command') == []
    }

    def "#mistake is refused"() {
        given:
        data mariadb: given

        when:
        compile { include(Mariadb) }

        then:
        diagnostics.any { it.toString().contains(message) }

        where:
        mistake                           | given                                                   || message
        'a misspelled word of a user'     | [users: [shop: [passwort: 'x']]]                        || 'has "passwort"; a user takes host, password, grants'
        'a misspelled word of a database' | [databases: [shop: [charset: 'x']]]                     || 'has "charset"; a database takes'
        'a right that there is not'       | [users: [shop: [grants: ['shop.*': ['READ']]]]]         || 'the right "READ" on shop.*'
        'every right of a table'          | [users: [shop: [grants: ['a.b': 'SELECT INSERT UPDATE DELETE CREATE DROP REFERENCES INDEX ALTER TRIGGER'.tokenize() + ['CREATE VIEW', 'SHOW VIEW', 'DELETE HISTORY']]]]] || 'Write ALL: MariaDB tells of them so.'
        'rights on nothing'               | [users: [shop: [grants: [shop: ['SELECT']]]]]           || "Write 'shop.*' for a database"
        'a quote in a name'               | [users: ["a'b": [:]]]                                   || 'is no name of a user'
        'a quote in a host'               | [users: [shop: [host: "'%"]]]                           || 'host'
        'a database with a slash'         | [databases: ['a/b': [:]]]                               || 'is no name of a database'
        'SQL in a character set'          | [databases: [a: [characterSet: 'x; DROP DATABASE b']]]  || 'characterSet'
        'memory that is no size'          | [bufferPool: 'much']                                    || 'bufferPool'
    }
}
