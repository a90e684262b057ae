package dev.converge.accounts;

import dev.converge.model.Resource;
import dev.converge.model.Secret;
import dev.converge.schema.AutoRequire;
import dev.converge.schema.Default;
import dev.converge.schema.Id;
import dev.converge.schema.Parameter;
import dev.converge.schema.ResourceType;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A user of the local user database, {@code /etc/passwd} and {@code /etc/shadow}. A new user without a password cannot
 * log in with one.
 *
 * @param name the login name
 * @param uid the user's number; the next free one when left out
 * @param gid the primary group, by name or number. It must exist. When left out, a new user gets the group of the same
 *     name, which is made when there is none
 * @param groups further groups that the user is in. The user stays in others too, unless {@code exclusiveGroups} is
 *     true. Each must exist
 * @param exclusiveGroups whether those in {@code groups} are the only ones: the user leaves all others
 * @param comment full name or what the account is for (the GECOS field), without a colon
 * @param home the home folder that the user database records; the folder itself is left alone unless
 *     {@code manageHome} is true
 * @param manageHome whether the home folder is made (from {@code /etc/skel}) with a new user, moved when {@code home}
 *     changes, and removed with the user after a copy went to the backups
 * @param shell the login shell, such as {@code /bin/bash} or {@code /usr/sbin/nologin}
 * @param password a password in clear text, which is compared by verifying it and stored as a yescrypt (or SHA-512)
 *     hash; or a hash as crypt(5) has it, such as {@code $y$…} or {@code $6$…}; or {@code *} or {@code !} for none. A
 *     hash is checked faster. It is never shown, and never on a command line
 * @param locked whether logging in with the password is barred; the password itself is kept (usermod(8), -L and -U).
 *     Other ways in, such as SSH keys, stay open: for those, let the account expire
 * @param expires the date, such as {@code 2030-12-31}, from which the account cannot be used, or {@code never}
 * @param passwordMaxAge days after which the password has to be changed; -1 for no such limit
 * @param passwordMinAge days before which the password cannot be changed again
 * @param passwordWarnDays days before the password's end at which its user is warned
 * @param system whether a new user without {@code uid} gets a number from the range for the system's own users
 * @param allowDuplicateUid whether {@code uid} may be one that another user has already
 */
@ResourceType(name = "user", provider = UserProvider.class, example = """
                user('app') {
                    system true
                    groups 'adm'
                    home '/var/lib/app'
                    shell '/usr/sbin/nologin'
                }
                """)
public record UserResource(
        @Id AccountName name,
        Optional<Integer> uid,
        @AutoRequire(value = "group", removedFirst = true) Optional<String> gid,
        @AutoRequire("group") Optional<Set<String>> groups,
        @Parameter @Default("false") boolean exclusiveGroups,
        Optional<Gecos> comment,
        Optional<Path> home,
        @Parameter @Default("false") boolean manageHome,
        Optional<Path> shell,
        Optional<Secret> password,
        Optional<Boolean> locked,
        Optional<AccountExpiry> expires,
        Optional<Integer> passwordMaxAge,
        Optional<Integer> passwordMinAge,
        Optional<Integer> passwordWarnDays,
        @Parameter @Default("false") boolean system,
        @Parameter @Default("false") boolean allowDuplicateUid)
        implements Resource {
    /** Whether any of the attributes that {@code /etc/shadow} holds is managed. */
    boolean managesShadow() {
        return password.isPresent()
                || locked.isPresent()
                || expires.isPresent()
                || passwordMaxAge.isPresent()
                || passwordMinAge.isPresent()
                || passwordWarnDays.isPresent();
    }
}
