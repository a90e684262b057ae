package dev.converge.language;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What of a site went into a catalog: all its manifests, and those of its templates and files that they name. Filled by
 * the compiler; costs nothing much until a digest is asked for.
 */
public final class SiteInputs {
    private static final int BUFFER = 1 << 16;

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, Path> files = new TreeMap<>();
    private final Map<String, String> data = new TreeMap<>();
    private String manifests = "";

    /** What was read, as it was read. */
    synchronized void read(String path, String text) {
        texts.put(path, text);
    }

    /** A text of the data, as it was read. */
    synchronized void data(String where, String text) {
        data.put(where, text);
    }

    /** What is read when it is needed. */
    synchronized void named(String path, Path real) {
        files.put(path, real);
    }

    /** @param key is another one when a manifest is */
    synchronized void compiledAs(String key) {
        manifests = key;
    }

    /**
     * Is another one when anything changes that went in, as far as sizes and times tell: nothing is read again. Below a
     * folder that is copied nothing is looked at, only at what Git writes when it brings another commit.
     */
    public synchronized String mark() {
        StringBuilder mark = new StringBuilder(manifests);
        if (!data.isEmpty()) {
            mark.append(' ').append(dataDigest().orElseThrow());
        }
        for (Map.Entry<String, Path> file : files.entrySet()) {
            state(file.getKey(), file.getValue().toFile(), mark);
        }
        return mark.append('\n').toString();
    }

    /** Not by way of attributes: for ten thousand files, this takes half the time. */
    private static void state(String path, File file, StringBuilder out) {
        out.append('\n').append(path);
        out.append(' ').append(file.lastModified()).append(' ').append(file.length());
    }

    /**
     * Changes when anything changes that went in: the SHA-256 of what {@code sha256sum} prints for these files, each by
     * its path in the site, in the order of the paths. Reads the files that were named as they are now.
     */
    public synchronized String digest() {
        TreeMap<String, String> digests = new TreeMap<>();
        texts.forEach((path, text) -> digests.put(path, digest(text)));
        files.forEach((path, real) -> add(path, real, digests));
        return digest(list(digests));
    }

    private static String list(TreeMap<String, String> digests) {
        StringBuilder list = new StringBuilder();
        digests.forEach(
                (path, digest) -> list.append(digest).append("  ").append(path).append('\n'));
        return list.toString();
    }

    /** Changes when any data changes that was read, as {@link #digest()} does; empty when the site has none. */
    public synchronized Optional<String> dataDigest() {
        if (data.isEmpty()) {
            return Optional.empty();
        }
        TreeMap<String, String> digests = new TreeMap<>();
        data.forEach((where, text) -> digests.put(where, digest(text)));
        return Optional.of(digest(list(digests)));
    }

    private static void add(String path, Path real, Map<String, String> digests) {
        try {
            if (Files.isDirectory(real)) {
                for (Path below : below(real)) {
                    digests.put(path + "/" + real.relativize(below), digest(below));
                }
            } else {
                digests.put(path, digest(real));
            }
        } catch (IOException e) {
            // It cannot be read any more, so this is another site than the one that was compiled.
            digests.put(path, "-");
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return new ArrayList<>(all.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList());
        }
    }

    private static String digest(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Files.isSymbolicLink(file)
                    ? digest(Files.readSymbolicLink(file).toString())
                    : "-";
        }
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String digest(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
