/** How MariaDB is asked: as root, by its unix socket, whatever the files of root say. */
class MariadbSql {
    private MariadbSql() {}

    /** The words of a command that runs this SQL. Everybody can read them while it runs: no secrets. */
    static List<String> asked(String sql) {
        ['mariadb', '--no-defaults', '--batch', '--skip-column-names', '--execute', sql]
    }

    /** A name as SQL has it. */
    static String identifier(String value) {
        "`${value.replace('`', '``')}`"
    }
}
