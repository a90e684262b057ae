package dev.converge.vault;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts and decrypts the secret values of a site's data. May be used by several threads. */
public final class DataKey {
    /** AES-256. */
    static final int BYTES = 32;

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final String origin;

    /** @param origin the file that it is from, for messages */
    DataKey(byte[] bytes, String origin) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.origin = origin;
    }

    /** A new key, as its file holds it. */
    public static String fresh() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Another one each time, so that equal values do not look equal. */
    public EncryptedValue encrypt(String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return EncryptedValue.of(all);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
        }
    }

    /** The text, or why this key does not give it; the diagnostic has no place yet. */
    public Checked<String> decrypt(EncryptedValue value) {
        byte[] all = value.bytes();
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(all, NONCE_BYTES))
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Checked.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString());
        } catch (AEADBadTagException e) {
            return Checked.failed(Diagnostic.error(
                            Code.ENCRYPTED,
                            "Encrypted value",
                            "The key in " + origin
                                    + " does not open this value: it was encrypted with another key, or was changed since.")
                    .suggest("Use the key that it was encrypted with: keyFile of data/hierarchy.yaml, or --key-file."));
        } catch (CharacterCodingException e) {
            return Checked.failed(
                    Diagnostic.error(Code.ENCRYPTED, "Encrypted value", "What was encrypted here is not text in UTF-8.")
                            .suggest("Encrypt its base64 form."));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + TRANSFORMATION, e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(TRANSFORMATION);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    /** Where it is from, never what it is. */
    @Override
    public String toString() {
        return "key in " + origin;
    }
}
