package dev.converge.module;

import java.io.IOException;
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
                digests.put(module.relativize(file).toString(), digest(Files.readAllBytes(file)));
                return FileVisitResult.CONTINUE;
            }
        });
        StringBuilder list = new StringBuilder();
        digests.forEach(
                (path, digest) -> list.append(digest).append("  ").append(path).append('\n'));
        return digest(list.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
