package dev.converge.accounts;

import dev.converge.model.Secret;

/**
 * A line of shadow(5).
 *
 * @param password the hash, with {@code !} in front when the account is locked
 * @param minAge days, -1 when not set
 * @param maxAge days, -1 when not set
 * @param warnDays days, -1 when not set
 */
record ShadowEntry(Secret password, int minAge, int maxAge, int warnDays, AccountExpiry expiry) {
    /** What a user has who is not in shadow(5): no password that would let anybody in. */
    static final ShadowEntry NONE = new ShadowEntry(Secret.of("*"), -1, -1, -1, AccountExpiry.NEVER);

    boolean isLocked() {
        return password.reveal().startsWith("!");
    }

    /** The hash without the mark of a locked account. */
    String hash() {
        String field = password.reveal();
        return isLocked() ? field.substring(1) : field;
    }
}
