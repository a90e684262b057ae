package dev.converge.state;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.process.ThisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Contents by their SHA-256, each kept once: {@code ab/cdef…} holds the bytes whose digest is {@code abcdef…}. */
final class ObjectStore {
    private final Path folder;
    private final Consumer<Diagnostic> damaged;
    private final AtomicInteger drafts = new AtomicInteger();

    /** @param damaged is told of contents that do not match their digest */
    ObjectStore(Path folder, Consumer<Diagnostic> damaged) {
        this.folder = folder;
        this.damaged = damaged;
    }

    /** Keeps what a file holds now; returns its digest. */
    String keep(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return keep(content);
        }
    }

    String keep(InputStream content) throws IOException {
        StateDirectory.make(folder);
        // Not Files.createTempFile, which wakes up SecureRandom: nobody else may write here.
        Path draft = folder.resolve("." + ThisProcess.pid() + "-" + drafts.incrementAndGet() + DurableFile.DRAFT);
        try {
            String digest = copy(content, draft);
            Path object = path(digest);
            if (Files.exists(object) && Files.mismatch(draft, object) >= 0) {
                damaged.accept(Damage.setAside(object, "does not hold what its name says"));
            }
            if (!Files.exists(object)) {
                DurableFile.publish(draft, object);
            }
            return digest;
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /** Removes contents that killed runs have copied in part; only while nobody copies. */
    void removeDrafts() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, ".*" + DurableFile.DRAFT)) {
            for (Path draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    Path path(String digest) {
        return folder.resolve(digest.substring(0, 2)).resolve(digest.substring(2));
    }

    /** The digest of what a file holds. */
    static String digest(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            content.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String copy(InputStream content, Path draft) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (OutputStream out =
                    new DigestOutputStream(Channels.newOutputStream(DurableFile.create(draft)), digest)) {
                content.transferTo(out);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
