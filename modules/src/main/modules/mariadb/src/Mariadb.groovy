/**
 * A MariaDB: its package, settings of its own in a drop-in, and the service. root logs in by its unix socket alone, that
 * is whoever is root of the host, and Converge does so too: nowhere is there a password of root.
 */
class Mariadb extends Composite {
    static final String ANSWERS = 'mariadb answers'
    private static final List<String> DATABASE_WORDS = ['characterSet', 'collation']
    private static final List<String> USER_WORDS = ['host', 'password', 'grants']

    /** The addresses that it listens on; {@code '*'} is all of them, IPv6 too. */
    @NotEmpty
    String bindAddress = '127.0.0.1'
    /** Its port. */
    @Between(min = 1, max = 65535)
    int port = 3306
    /** How many connections it takes at once. */
    @Between(min = 10, max = 100000)
    int maxConnections = 151
    /** Memory that holds tables and indexes: the most important number of all, such as 1G; a half to three quarters of the host's when it has no other work. */
    @Matches(/\d+[KMGT]?/)
    String bufferPool = '128M'
    /** The character set of new databases. */
    @Matches(/\w+/)
    String characterSet = 'utf8mb4'
    /** How their texts are compared. */
    @Matches(/\w+/)
    String collation = 'utf8mb4_general_ci'
    /** Queries that take longer, in seconds, are written to the slow query log; 0 writes none. */
    @Between(min = 0, max = 86400)
    int slowQuerySeconds = 0
    /** Further settings of the section mysqld, which take the place of those above; true and false are ON and OFF. */
    Map<String, Object> settings = [:]
    /** Databases by name, each with the parameters of MariadbDatabase: {@code [shop: [:]]}. */
    Map<String, Map<String, Object>> databases = [:]
    /** Users by name, each with the parameters of MariadbUser: {@code [shop: [password: …, grants: ['shop.*': ['ALL']]]]}. */
    Map<String, Map<String, Object>> users = [:]
    /** Whether root keeps other ways to log in than its unix socket, such as a password that it had. */
    boolean keepRootLogins = false
    /** Whether users without a name and the database test go, which fresh installations of some distributions have. */
    boolean secure = true
    /** The file of the settings; its folder belongs to the package. */
    @NotEmpty
    String configurationFile = '/etc/mysql/mariadb.conf.d/90-converge.cnf'
    /** The program that judges it. */
    @NotEmpty
    String serverProgram = 'mariadbd'
    /** The package. */
    @NotEmpty
    String packageName = 'mariadb-server'
    /** The service. */
    @NotEmpty
    String serviceName = 'mariadb'

    void declare() {
        pkg packageName
        def configuration = file(configurationFile) {
            content template('mariadb/server.cnf', lines: lines())
            owner 'root'
            group 'root'
            mode '0644'
            validate serverProgram, '--defaults-file=%', '--user=mysql', '--verbose', '--help'
            requires pkg[packageName]
        }
        def running = service(serviceName) {
            running true
            enabled true
            requires pkg[packageName]
            subscribes configuration
        }
        exec(ANSWERS) {
            command 'mariadb-admin', '--no-defaults', '--wait=60', 'ping'
            refreshOnly true
            subscribes running
        }
        if (!keepRootLogins) {
            rootBySocket()
        }
        if (secure) {
            swept()
        }
        databases.each { database, words -> based(database, words) }
        users.each { user, words -> entitled(user, words) }
    }

    private List<String> lines() {
        Map<String, Object> ours = [
            'bind-address': bindAddress,
            port: port,
            'max-connections': maxConnections,
            'innodb-buffer-pool-size': bufferPool,
            'character-set-server': characterSet,
            'collation-server': collation,
        ]
        if (slowQuerySeconds > 0) {
            ours.putAll('slow-query-log': true, 'long-query-time': slowQuerySeconds)
        }
        // The two spellings of a name are one.
        Map<String, Object> theirs = settings.collectEntries { key, value -> [(key.replace('_', '-')): value] }
        (ours + theirs).collect { key, value -> "${key} = ${value == true ? 'ON' : value == false ? 'OFF' : value}".toString() }
    }

    private void rootBySocket() {
        command('mariadb: root logs in by its unix socket alone') {
            get MariadbSql.asked('SHOW CREATE USER root@localhost')
            expect 'CREATE USER `root`@`localhost` IDENTIFIED VIA unix_socket'
            set MariadbSql.asked('ALTER USER root@localhost IDENTIFIED VIA unix_socket')
            requires exec[ANSWERS]
        }
    }

    private void swept() {
        command('mariadb: no users without a name') {
            get MariadbSql.asked("SELECT CONCAT(COUNT(*), ' users') FROM mysql.global_priv WHERE user = ''")
            expect '0 users'
            set 'sh', '-c', "mariadb --no-defaults --batch --skip-column-names -e \"SELECT CONCAT('DROP USER ', QUOTE(user), '@', QUOTE(host), ';') FROM mysql.global_priv WHERE user = ''\" | mariadb --no-defaults --batch"
            requires exec[ANSWERS]
        }
        command('mariadb: no database test') {
            get MariadbSql.asked("SELECT CONCAT(COUNT(*), ' databases') FROM information_schema.schemata WHERE schema_name = 'test'")
            expect '0 databases'
            set MariadbSql.asked("DROP DATABASE test; DELETE FROM mysql.db WHERE db = 'test' OR db = 'test\\\\_%'; FLUSH PRIVILEGES")
            requires exec[ANSWERS]
        }
    }

    private void based(String database, Map<String, Object> words) {
        known('database', database, words, DATABASE_WORDS)
        include(MariadbDatabase, database) {
            characterSet((words['characterSet'] ?: this.characterSet).toString())
            collation((words['collation'] ?: this.collation).toString())
        }
    }

    private void entitled(String user, Map<String, Object> words) {
        known('user', user, words, USER_WORDS)
        include(MariadbUser, user) {
            if (words['host'] != null) {
                host words['host'].toString()
            }
            if (words['password'] != null) {
                password words['password'].toString()
            }
            if (words['grants'] instanceof Map) {
                grants(words['grants'] as Map<String, List<String>>)
            }
        }
    }

    private void known(String kind, String what, Map<String, Object> words, List<String> known) {
        def unknown = words.keySet().find { word -> !known.contains(word) }
        if (unknown != null) {
            fail "Mariadb: the $kind $what has \"${unknown}\"; a $kind takes ${known.join(', ')}."
        }
    }
}
