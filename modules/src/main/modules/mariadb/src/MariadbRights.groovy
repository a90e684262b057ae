/** Rights of a user on something, in the words of SHOW GRANTS. */
class MariadbRights {
    /** In the order in which it has them. */
    private static final List<String> KNOWN = [
        'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'RELOAD', 'SHUTDOWN', 'PROCESS', 'FILE', 'REFERENCES', 'INDEX', 'ALTER',
        'SHOW DATABASES', 'SUPER', 'CREATE TEMPORARY TABLES', 'LOCK TABLES', 'EXECUTE', 'REPLICATION SLAVE', 'BINLOG MONITOR', 'CREATE VIEW',
        'SHOW VIEW', 'CREATE ROUTINE', 'ALTER ROUTINE', 'CREATE USER', 'EVENT', 'TRIGGER', 'CREATE TABLESPACE', 'DELETE HISTORY', 'SET USER',
        'FEDERATED ADMIN', 'CONNECTION ADMIN', 'READ_ONLY ADMIN', 'REPLICATION SLAVE ADMIN', 'REPLICATION MASTER ADMIN', 'BINLOG ADMIN',
        'BINLOG REPLAY', 'SLAVE MONITOR',
    ]
    /** Of these SHOW GRANTS has ALL PRIVILEGES when a user has all of them on a table; on a database, with those after it. */
    private static final List<String> OF_TABLES = [
        'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE', 'DROP', 'REFERENCES', 'INDEX', 'ALTER', 'CREATE VIEW', 'SHOW VIEW', 'TRIGGER',
        'DELETE HISTORY',
    ]
    private static final List<String> OF_DATABASES = [
        'CREATE TEMPORARY TABLES', 'LOCK TABLES', 'EXECUTE', 'CREATE ROUTINE', 'ALTER ROUTINE', 'EVENT',
    ]
    private static final String ALL = 'ALL PRIVILEGES'
    private static final String GRANT = 'GRANT OPTION'

    final String where
    final List<String> words

    /** @param where a database and {@code *}, a database and a table, or {@code *.*} */
    MariadbRights(String where, List<String> words) {
        this.where = where
        this.words = words.collect { word -> word.toUpperCase() == 'ALL' ? ALL : word.toUpperCase() }
    }

    /** What is wrong with them, or null. */
    String mistake() {
        if (!(where ==~ /\*\.\*|[^`.*\\\s]+\.(\*|[^`.*\\\s]+)/)) {
            return "rights on \"${where}\". Write 'shop.*' for a database, 'shop.items' for a table or '*.*' for everything."
        }
        if (!words.contains(ALL) && words.containsAll(every())) {
            return "every right on ${where} by its own name. Write ALL: MariaDB tells of them so."
        }
        def unknown = words.find { word -> !(word in [ALL, GRANT] + KNOWN) }
        unknown == null ? null : "the right \"${unknown}\" on ${where}. There are ALL, ${GRANT}, ${KNOWN.join(', ')}."
    }

    private List<String> every() {
        if (where == '*.*') {
            return KNOWN
        }
        where.endsWith('.*') ? OF_TABLES + OF_DATABASES : OF_TABLES
    }

    /** As in {@code SELECT, INSERT ON `shop`.* WITH GRANT OPTION}. */
    String line() {
        "${granted()} ON ${object()}${suffix()}"
    }

    String grant(String account) {
        "GRANT ${granted()} ON ${object()} TO ${account}${suffix()};"
    }

    private String granted() {
        List<String> plain = words.contains(ALL) ? [ALL] : KNOWN.findAll { word -> words.contains(word) }
        plain.isEmpty() ? 'USAGE' : plain.join(', ')
    }

    private String suffix() {
        words.contains(GRANT) ? ' WITH GRANT OPTION' : ''
    }

    /** In the name of a whole database an underscore would stand for any sign. */
    private String object() {
        if (where == '*.*') {
            return where
        }
        def database = where.takeBefore('.')
        def table = where.takeAfter('.')
        table == '*' ? "`${database.replace('_', '\\_')}`.*" : "`${database}`.`${table}`"
    }
}
