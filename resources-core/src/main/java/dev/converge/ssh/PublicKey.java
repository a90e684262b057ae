package dev.converge.ssh;

import dev.converge.model.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * The public half of a key, without the comment behind it.
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 the key itself
 */
public record PublicKey(String type, String base64) {
    private static final Set<String> TYPES = Set.of(
            "ssh-ed25519",
            "ssh-rsa",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    /** @throws InvalidValueException when sshd could not read it */
    public static PublicKey parse(String text) {
        if (text.contains("PRIVATE KEY")) {
            throw new InvalidValueException(
                    "This is a private key: it does not belong on the host, and not into a manifest.",
                    "Give the public one, from the file that ends with .pub, and make a new pair: this one is known.");
        }
        String[] words = text.strip().split("[ \t]+", 3);
        if (text.strip().indexOf('\n') >= 0 || words.length < 2 || !TYPES.contains(words[0])) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not one public key of a type that sshd takes.",
                    "Give the line of the .pub file, such as 'ssh-ed25519 AAAA…', and options as \"options\".");
        }
        if (!type(words[1]).equals(Optional.of(words[0]))) {
            throw new InvalidValueException(
                    "The key \"" + text + "\" is damaged: what follows " + words[0] + " is no such key.",
                    "Copy the whole line of the .pub file.");
        }
        return new PublicKey(words[0], words[1]);
    }

    static boolean isType(String word) {
        return TYPES.contains(word);
    }

    /** The type that the key itself names (RFC 4253, section 6.6); empty when it is none. */
    private static Optional<String> type(String base64) {
        try {
            ByteBuffer key = ByteBuffer.wrap(Base64.getDecoder().decode(base64));
            int length = key.remaining() < Integer.BYTES ? -1 : key.getInt();
            if (length < 0 || length >= key.remaining()) {
                return Optional.empty();
            }
            byte[] name = new byte[length];
            key.get(name);
            return Optional.of(new String(name, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return type + " " + base64;
    }
}
