package dev.converge.serve;

import dev.converge.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeMap;

/** Copies a site, and tells one state of it from another. What Git keeps beside it is no part of it. */
final class SiteCopying {
    private static final Path GIT = Path.of(".git");

    private SiteCopying() {}

    /** Is another one when anything was written, as far as times, sizes and numbers of files tell. */
    static String mark(Path site) throws IOException {
        StringBuilder mark = new StringBuilder();
        files(site).forEach((path, attributes) -> mark.append(path)
                .append(' ')
                .append(attributes.size())
                .append(' ')
                .append(attributes.lastModifiedTime())
                .append(' ')
                .append(attributes.fileKey())
                .append('\n'));
        return mark.toString();
    }

    /** Whether nothing was written lately. */
    static boolean isAtRest(Path site, Duration rest) throws IOException {
        long now = System.currentTimeMillis();
        return files(site).values().stream()
                .mapToLong(one -> now - one.lastModifiedTime().toMillis())
                .noneMatch(age -> age >= 0 && age < rest.toMillis());
    }

    /**
     * Copies files and links with their permissions.
     *
     * @return a digest of all that was copied
     */
    static String copy(Path site, Path to) throws IOException {
        MessageDigest digest = Sha256.begin();
        Files.createDirectories(to);
        for (String name : files(site).keySet()) {
            Path from = site.resolve(name);
            Path copy = to.resolve(name);
            say(digest, name);
            if (Files.isSymbolicLink(from)) {
                Files.createDirectories(copy.getParent());
                Path target = Files.readSymbolicLink(from);
                say(digest, "-> " + target);
                Files.createSymbolicLink(copy, target);
            } else if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(copy);
            } else {
                copyFile(from, copy, digest);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void copyFile(Path from, Path copy, MessageDigest digest) throws IOException {
        Files.createDirectories(copy.getParent());
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(from);
        say(digest, PosixFilePermissions.toString(mode) + " " + Files.size(from));
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = new DigestOutputStream(Files.newOutputStream(copy), digest)) {
            in.transferTo(out);
        }
        Files.setPosixFilePermissions(copy, mode);
    }

    private static void say(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Files, links and folders by their paths in the site, in order; nothing else is of use in one. */
    private static TreeMap<String, BasicFileAttributes> files(Path site) throws IOException {
        TreeMap<String, BasicFileAttributes> found = new TreeMap<>();
        Files.walkFileTree(site, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.endsWith(GIT)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                add(folder, attributes);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!attributes.isOther()) {
                    add(file, attributes);
                }
                return FileVisitResult.CONTINUE;
            }

            private void add(Path path, BasicFileAttributes attributes) {
                if (!path.equals(site)) {
                    found.put(site.relativize(path).toString(), attributes);
                }
            }
        });
        return found;
    }
}
