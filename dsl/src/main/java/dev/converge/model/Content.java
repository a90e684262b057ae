package dev.converge.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What is in a file, wherever its bytes are: in the manifest, in the site, on the host or on the network.
 *
 * <p>As a wish it is satisfied by equal bytes. It prints as a short digest and its size; only {@link #text()} gives it
 * out to be shown, and only when it may be seen.
 */
public interface Content extends Wish<Content>, Sensitive, Identified {
    /** Longer contents are compared, but never held in memory or shown. */
    int SHOWN_BYTES = 1 << 20;

    /** How many bytes there are. */
    long size();

    /** Whether it has a secret in it or was declared not to be shown: then no text, diff or digest of it is shown. */
    @Override
    boolean isSensitive();

    /** The bytes, for the host alone. */
    InputStream open() throws IOException;

    /** The secrets that are known to be in it, to be masked in whatever a program says about it. */
    default List<Secret> secrets() {
        return List.of();
    }

    /** Where it is copied from, in the manifest's words; empty when it stands in the manifest or was observed. */
    default Optional<String> origin() {
        return Optional.empty();
    }

    /** Content that an author wrote. */
    static Content of(Text text) {
        return new WrittenContent(text, false);
    }

    /** Content that an author wrote. */
    static Content of(String text) {
        return of(Text.of(text));
    }

    /** The same content, never to be shown. */
    default Content hidden() {
        return isSensitive() ? this : new HiddenContent(this);
    }

    /** All bytes at once, for the host alone. */
    default byte[] bytes() {
        try (InputStream in = open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 in hexadecimal digits; empty when even that must not be shown. */
    default Optional<String> digest() {
        return isSensitive() ? Optional.empty() : Optional.of(digest("SHA-256"));
    }

    /** The digest by an algorithm of {@link MessageDigest}, in hexadecimal digits; not for showing. */
    default String digest(String algorithm) {
        try (InputStream in = open()) {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text, for diffs: empty when it is binary, too long, or must not be shown. */
    default Optional<String> text() {
        return isSensitive() || size() > SHOWN_BYTES ? Optional.empty() : decode(bytes());
    }

    /** What a manifest gives for it: where it is copied from, the text, or base64 for bytes that are no text. */
    default String written() {
        if (origin().isPresent()) {
            return origin().get();
        }
        byte[] bytes = bytes();
        return decode(bytes).orElseGet(() -> Base64.getEncoder().encodeToString(bytes));
    }

    /** Bytes as text: empty when they are no UTF-8 or have a NUL among them. */
    static Optional<String> decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    @Override
    default boolean satisfiedBy(Content observed) {
        if (this == observed) {
            return true;
        }
        long size = size();
        if (size != observed.size()) {
            return false;
        }
        if (size <= SHOWN_BYTES) {
            return Arrays.equals(bytes(), observed.bytes());
        }
        return digest("SHA-256").equals(observed.digest("SHA-256"));
    }

    @Override
    default String identity() {
        return digest("SHA-256");
    }

    /** How a report names content: never the content itself. */
    static String describe(Content content) {
        return content.digest()
                .map(digest -> "sha256 " + digest.substring(0, 12) + "…, " + content.size() + " bytes")
                .orElse(Secret.MASK);
    }
}
