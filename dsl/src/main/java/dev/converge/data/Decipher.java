package dev.converge.data;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Secret;

/** Opens the encrypted values of a level. */
@FunctionalInterface
public interface Decipher {
    /** How an encrypted value begins. */
    String PREFIX = "ENC[";

    /**
     * The secret that an encrypted value stands for.
     *
     * @param text all of the scalar, {@code ENC[…]}
     * @throws DataFailure when it cannot be opened: no key, another key, damaged
     */
    Secret open(String text, SourceRange at);
}
