/**
 * How users are looked at and made. The password comes in the environment, which root alone can read, and is in the
 * arguments of no program: printf is a part of the shell.
 */
class MariadbScripts {
    private static final String COMMON = '''\
        client() {
            mariadb --no-defaults --batch --raw --skip-column-names "$@"
        }
        # The hash of mysql_native_password: SHA-1 of the bytes of the SHA-1.
        hash() {
            hex=$(printf '%s' "$PASSWORD" | sha1sum)
            bytes=$(printf '\\\\%03o' $(printf '%.40s' "$hex" | sed 's/../0x& /g'))
            printf "$bytes" | sha1sum | tr a-f A-F | cut -c-40
        }
        # Rights as SHOW GRANTS has them, without the user and its password, in one order.
        granted() {
            client --execute "SHOW GRANTS FOR $ACCOUNT" | grep ' ON ' |
                sed -e 's/^GRANT //' -e 's/ TO `[^`]*`@`[^`]*`.* WITH .*GRANT OPTION.*$/ WITH GRANT OPTION/' \\
                    -e 's/ TO `[^`]*`@`[^`]*`.*$//' -e '/^USAGE ON \\*\\.\\*$/d' | LC_ALL=C sort
        }
        '''.stripIndent()

    /** Prints how the user logs in, then its rights; fails for a user that is not there. */
    static final String OBSERVE = COMMON + '''\
        found=$(client --execute "SHOW CREATE USER $ACCOUNT") || exit 1
        found="IDENTIFIED ${found#* IDENTIFIED }"
        if [ -n "$PASSWORD" ]; then wanted="IDENTIFIED BY PASSWORD '*$(hash)'"; else wanted='IDENTIFIED VIA unix_socket'; fi
        case "$found " in
            "$wanted OR "*) echo 'logs in otherwise' ;;
            "$wanted "*) echo 'logs in as declared' ;;
            *) echo 'logs in otherwise' ;;
        esac
        granted
        '''.stripIndent()

    /** What is too much goes in the session that gives what is missing. */
    static final String SETTLE = COMMON + '''\
        surplus() {
            granted | while IFS= read -r one; do
                printf '%s\\n' "$RIGHTS" | grep -qxF -e "$one" && continue
                bare=${one% WITH GRANT OPTION}
                [ "$bare" = "$one" ] || printf 'REVOKE GRANT OPTION ON %s FROM %s;\\n' "${bare##* ON }" "$ACCOUNT"
                [ "${bare#USAGE ON }" != "$bare" ] || printf 'REVOKE %s FROM %s;\\n' "$bare" "$ACCOUNT"
            done
        }
        if [ -n "$PASSWORD" ]; then how="mysql_native_password USING '*$(hash)'"; else how=unix_socket; fi
        printf 'SET SESSION sql_log_off = ON; CREATE USER IF NOT EXISTS %s IDENTIFIED VIA %s; ALTER USER %s IDENTIFIED VIA %s;\\n' \\
            "$ACCOUNT" "$how" "$ACCOUNT" "$how" | client && { surplus; printf '%s\\n' "$GRANTS"; } | client
        '''.stripIndent()
}
