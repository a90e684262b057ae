package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A text that only the holder of a key can read, as it stands in a data file: {@code ENC[AES256-GCM,BASE64]}. The bytes
 * are a nonce of 12, the encrypted text, and a tag of 16, as AES-GCM of NIST SP 800-38D makes them.
 *
 * @param base64 the bytes, without spaces
 */
public record EncryptedValue(String base64) {
    /** Nonce and tag; an encrypted text has one byte at least. */
    static final int SHORTEST = 12 + 1 + 16;

    private static final String OPEN = "ENC[";
    private static final String CLOSE = "]";
    private static final String ALGORITHM = "AES256-GCM";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** Whether a scalar is meant to be one, well formed or not. Asked of every value of a site, so it does little. */
    public static boolean isMeant(String scalar) {
        return scalar.startsWith(OPEN) && scalar.stripTrailing().endsWith(CLOSE);
    }

    /** @param scalar a text that {@link #isMeant}; it may be folded over several lines */
    public static Checked<EncryptedValue> parse(String scalar) {
        if (!isMeant(scalar)) {
            return damaged();
        }
        String bare = SPACE.matcher(scalar).replaceAll("");
        String inside = bare.substring(OPEN.length(), bare.length() - CLOSE.length());
        int comma = inside.indexOf(',');
        String algorithm = comma < 0 ? "" : inside.substring(0, comma);
        if (!algorithm.equals(ALGORITHM)) {
            return Checked.failed(Diagnostic.error(
                            Code.ENCRYPTED,
                            "Encrypted value",
                            "This is no value that Converge can decrypt: those begin with " + OPEN + ALGORITHM + ",.")
                    .suggest("Make one with: converge data encrypt"));
        }
        String base64 = inside.substring(comma + 1);
        return isWhole(base64) ? Checked.of(new EncryptedValue(base64)) : damaged();
    }

    private static boolean isWhole(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length >= SHORTEST;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Checked<EncryptedValue> damaged() {
        return Checked.failed(Diagnostic.error(
                        Code.ENCRYPTED, "Encrypted value", "This encrypted value is cut off, or was changed by hand.")
                .suggest("Take it from an earlier commit, or encrypt it anew with: converge data encrypt"));
    }

    static EncryptedValue of(byte[] bytes) {
        return new EncryptedValue(Base64.getEncoder().encodeToString(bytes));
    }

    byte[] bytes() {
        return Base64.getDecoder().decode(base64);
    }

    /** As it is written in a data file. */
    @Override
    public String toString() {
        return OPEN + ALGORITHM + "," + base64 + CLOSE;
    }
}
