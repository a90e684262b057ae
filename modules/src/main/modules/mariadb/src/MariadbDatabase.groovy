/**
 * A database of a {@link Mariadb}: that it is there, and what is the default of its new tables. Tables that are there
 * keep what they have, and a database that is declared no longer stays: nothing here ever drops one.
 */
class MariadbDatabase extends Composite {
    /** The character set of new tables. */
    @Matches(/\w+/)
    String characterSet = 'utf8mb4'
    /** How their texts are compared. */
    @Matches(/\w+/)
    String collation = 'utf8mb4_general_ci'

    void declare() {
        if (!(name ==~ /[^\/\\.`\s]{1,64}/)) {
            fail "MariadbDatabase: \"${name}\" is no name of a database: up to 64 signs, no slash, dot, backtick or white space."
        }
        def defaults = "${MariadbSql.identifier(name)} CHARACTER SET ${characterSet} COLLATE ${collation}"
        command("mariadb: database ${name}") {
            // The same question for all databases, so it is asked once.
            get MariadbSql.asked("SELECT CONCAT_WS(' ', schema_name, default_character_set_name, default_collation_name) FROM information_schema.schemata")
            expectLine "${name} ${characterSet} ${collation}"
            set MariadbSql.asked("CREATE DATABASE IF NOT EXISTS ${defaults}; ALTER DATABASE ${defaults}")
            requires exec[Mariadb.ANSWERS]
        }
    }
}
