package dev.converge.plan;

import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.HostKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The host's key as one plan uses it.
 *
 * @param salt random, of this plan alone
 */
record PlanKey(HostKey host, String salt) {
    private static final int SALT_BYTES = 16;

    static PlanKey fresh(HostKey host) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PlanKey(host, HexFormat.of().formatHex(salt));
    }

    Fingerprint fingerprint(TypeRegistry types) {
        return new Fingerprint(this, types);
    }

    /** The digest of some bytes for one purpose. */
    String digest(String purpose, byte[] bytes) {
        return HexFormat.of().formatHex(host.mac(salt + " " + purpose).doFinal(bytes));
    }

    /** The digest of a whole plan; its seal, and what somebody adds to sign it, stay out. */
    String seal(Map<String, ?> document) {
        Map<String, Object> sealed = new LinkedHashMap<>(document);
        sealed.remove(PlanDocument.SEAL);
        sealed.remove(PlanDocument.SIGNATURE);
        return digest("seal", JsonText.canonical(sealed));
    }

    boolean hasSealed(Map<String, ?> document) {
        byte[] own = seal(document).getBytes(StandardCharsets.US_ASCII);
        byte[] given = String.valueOf(document.get(PlanDocument.SEAL)).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(own, given);
    }
}
