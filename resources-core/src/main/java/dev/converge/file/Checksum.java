package dev.converge.file;

import dev.converge.model.InvalidValueException;
import java.util.Locale;

/**
 * What a source's digest must be.
 *
 * @param algorithm as {@link java.security.MessageDigest} calls it
 * @param hex the digest in lower-case hexadecimal digits
 */
public record Checksum(String algorithm, String hex) {
    /** @throws InvalidValueException when it is no digest of a known algorithm */
    public static Checksum parse(String text) {
        int colon = text.indexOf(':');
        String hex = text.substring(colon + 1).strip().toLowerCase(Locale.ROOT);
        String algorithm = algorithmOf(hex.length());
        String named = colon < 0 ? algorithm : text.substring(0, colon).toUpperCase(Locale.ROOT);
        if (algorithm.isEmpty()
                || !hex.matches("[0-9a-f]+")
                || !named.replace("-", "").equals(algorithm.replace("-", ""))) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a checksum.",
                    "Write 'sha256:' and the 64 digits that sha256sum prints; sha512, sha1 and md5 are known too.");
        }
        return new Checksum(algorithm, hex);
    }

    private static String algorithmOf(int digits) {
        return switch (digits) {
            case 128 -> "SHA-512";
            case 64 -> "SHA-256";
            case 40 -> "SHA-1";
            case 32 -> "MD5";
            default -> "";
        };
    }

    @Override
    public String toString() {
        return algorithm.replace("-", "").toLowerCase(Locale.ROOT) + ":" + hex;
    }
}
