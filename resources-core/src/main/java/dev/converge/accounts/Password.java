package dev.converge.accounts;

import dev.converge.model.Secret;
import dev.converge.posix.Crypt;

/** What a manifest says of a password, beside what shadow(5) holds of it. */
final class Password {
    private Password() {}

    /** Whether the value goes into shadow(5) as it is: a hash of crypt(5), or a mark that no password fits. */
    static boolean isHash(Secret desired) {
        String value = desired.reveal();
        if (value.startsWith("!") || value.equals("*")) {
            return true;
        }
        int end = value.indexOf('$', 1);
        return value.startsWith("$")
                && end > 1
                && value.substring(1, end).chars().allMatch(Character::isLetterOrDigit);
    }

    /**
     * Whether the host holds the password. Where {@code locked} is managed too, the mark of a locked account is that
     * attribute's; else a locked account differs from one with the password.
     */
    static boolean isHeld(Secret desired, boolean lockedIsManaged, ShadowEntry entry) {
        String field = lockedIsManaged ? entry.hash() : entry.password().reveal();
        if (!isHash(desired)) {
            return Crypt.verifies(desired.reveal(), field);
        }
        String value = desired.reveal();
        return value.equals(field)
                || (lockedIsManaged && value.equals(entry.password().reveal()));
    }

    /** The field of shadow(5) for the password. */
    static String field(Secret desired, boolean locked) {
        String hash = isHash(desired) ? desired.reveal() : Crypt.hash(desired.reveal());
        return locked && !hash.startsWith("!") ? "!" + hash : hash;
    }
}
