package dev.converge.module;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The SHA-256 of all files of a module: of what {@code sha256sum} prints for them, each by its path in the module, in the
 * order of the paths. Neither times nor modes count; links are refused.
 */
public final class ContentHash {
    private static final int PIECE = 1 << 16;

    private ContentHash() {}

    /** @throws IOException when it cannot be read, or has something in it that is neither file nor folder */
    public static String of(Path module) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        Files.walkFileTree(module, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!attributes.isRegularFile()) {
                    throw new IOException(file + " is no regular file; a module consists of files and folders.");
                }
                digests.put(module.relativize(file).toString(), ofFile(file));
                return FileVisitResult.CONTINUE;
            }
        });
        StringBuilder list = new StringBuilder();
        digests.forEach(
                (path, digest) -> list.append(digest).append("  ").append(path).append('\n'));
        return hex(sha256().digest(list.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** The SHA-256 of a file's content, however large it is. */
    public static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE];
        try (InputStream content = Files.newInputStream(file)) {
            for (int length = content.read(piece); length >= 0; length = content.read(piece)) {
                digest.update(piece, 0, length);
            }
        }
        return hex(digest.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
