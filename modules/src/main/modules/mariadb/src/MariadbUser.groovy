/**
 * A user of a {@link Mariadb}, with exactly the rights that are declared: others are taken away. Its password goes to
 * nobody, not even to the server, which gets its hash, and that in a session whose statements are not logged.
 *
 * <p>A user that is declared no longer stays.
 */
class MariadbUser extends Composite {
    /** From where it logs in: a host, an address, a pattern such as {@code 10.0.0.%}. */
    @Matches(/[A-Za-z0-9.:_%\/-]+/)
    String host = 'localhost'
    /** Its password. Without one, the account of the host that has the same name logs in, by the unix socket. */
    @NotEmpty
    String password = null
    /** Its rights, by what they are for: {@code ['shop.*': ['SELECT', 'INSERT'], 'stock.items': ['ALL']]}; {@code '*.*'} is everything. */
    Map<String, List<String>> grants = [:]

    void declare() {
        if (!(name ==~ /[^`'"\\\s@]{1,80}/)) {
            fail "MariadbUser: \"${name}\" is no name of a user: up to 80 signs, no quotes, backslash, @ or white space."
        }
        def account = "'${name}'@'${host}'".toString()
        List<MariadbRights> rights = grants.collect { where, words -> new MariadbRights(where, words) }
        def mistake = rights.findResult { one -> one.mistake() }
        if (mistake != null) {
            fail "MariadbUser: ${name}@${host} has $mistake"
        }
        def lines = rights.findAll { one -> !one.words.isEmpty() }.collect { one -> one.line() }.sort()
        command("mariadb: user ${name}@${host}") {
            get 'sh', '-c', MariadbScripts.OBSERVE
            expect((['logs in as declared'] + lines).join('\n'))
            set 'sh', '-c', MariadbScripts.SETTLE
            environment ACCOUNT: account,
                    PASSWORD: password == null ? '' : secret(password),
                    RIGHTS: lines.join('\n'),
                    GRANTS: rights.findAll { one -> !one.words.isEmpty() }.collect { one -> one.grant(account) }.join('\n')
            requires exec[Mariadb.ANSWERS]
        }
    }
}
