package dev.converge.state;

import dev.converge.process.ThisProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A random key that stays in the state directory: digests that are made with it tell nobody else what they are of, and
 * nobody else can make them.
 */
public final class HostKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final int ID_LETTERS = 16;

    private final byte[] key;

    private HostKey(byte[] key) {
        this.key = key;
    }

    /** The key of a state directory; empty when it has none that is whole. */
    public static Optional<HostKey> find(StateDirectory state) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(state.planKey());
            return bytes.length == BYTES ? Optional.of(new HostKey(bytes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** The key of a state directory, made when there is none. */
    public static HostKey of(StateDirectory state) throws IOException {
        Optional<HostKey> known = find(state);
        return known.isPresent() ? known.get() : make(state);
    }

    /** Linked into place: of two processes that make one at once, both get the one that came first. */
    private static HostKey make(StateDirectory state) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path target = state.planKey();
        Path draft = StateDirectory.make(state.path()).resolve("." + target.getFileName() + "." + ThisProcess.pid());
        try {
            try (OutputStream out = Channels.newOutputStream(DurableFile.create(draft))) {
                out.write(bytes);
            }
            if (Files.exists(target) && Files.size(target) != BYTES) {
                Files.delete(target);
            }
            Files.createLink(target, draft);
            return new HostKey(bytes);
        } catch (FileAlreadyExistsException e) {
            return find(state).orElseThrow(() -> e);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Names the key without telling it. */
    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("converge key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(key)).substring(0, ID_LETTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Makes digests for one purpose: those of two purposes cannot be compared.
     *
     * @param purpose what the digests are for, such as the salt of a document
     */
    public Mac mac(String purpose) {
        try {
            Mac own = Mac.getInstance(ALGORITHM);
            own.init(new SecretKeySpec(key, ALGORITHM));
            Mac derived = Mac.getInstance(ALGORITHM);
            derived.init(new SecretKeySpec(own.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), ALGORITHM));
            return derived;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
