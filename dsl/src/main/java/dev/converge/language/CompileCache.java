package dev.converge.language;

import dev.converge.process.ThisProcess;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiled manifests on disk, by the hash of what they were compiled from. An entry carries the hash of its own
 * content: one that is damaged, or that somebody else may have written, is not used.
 */
final class CompileCache {
    private static final int MAGIC = 0x43564731;
    private static final int HASH_BYTES = 32;

    /** How many entries are kept: those used by some dozens of sites and their templates, a few megabytes. */
    private static final int ENTRIES = 256;

    private final Optional<Path> folder;

    CompileCache(Optional<Path> folder) {
        this.folder = folder;
    }

    /** The name of an entry for these parts, each of which changes it. */
    static String key(List<String> parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    Optional<CompiledSite> find(String key) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path entry = folder.get().resolve(key);
        try {
            boolean trusted = isTrusted(folder.get()) && isTrusted(entry);
            return trusted ? decode(Files.readAllBytes(entry)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Keeps an entry; a cache that cannot be written makes later runs slower, nothing else. */
    void keep(String key, CompiledSite site) {
        if (folder.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(
                    folder.get(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!isTrusted(folder.get())) {
                return;
            }
            Path draft = Files.createTempFile(folder.get(), ".draft", null);
            Files.write(draft, encode(site));
            Files.move(draft, folder.get().resolve(key), StandardCopyOption.ATOMIC_MOVE);
            dropOldest();
        } catch (IOException e) {
            return;
        }
    }

    /** Every edit of a manifest makes an entry, so the oldest ones go; whoever still needs one compiles again. */
    private void dropOldest() throws IOException {
        List<File> entries = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.orElseThrow())) {
            all.forEach(path -> entries.add(path.toFile()));
        }
        if (entries.size() <= ENTRIES) {
            return;
        }
        entries.sort(Comparator.comparingLong(File::lastModified));
        for (File old : entries.subList(0, entries.size() - ENTRIES / 2)) {
            Files.deleteIfExists(old.toPath());
        }
    }

    /** Its owner is who runs this, and nobody else may write it: an entry is code. */
    private static boolean isTrusted(Path path) throws IOException {
        Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
        int mode = (Integer) attributes.get("mode");
        return attributes.get("uid").equals(ThisProcess.uid()) && (mode & 022) == 0;
    }

    private static byte[] encode(CompiledSite site) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(body)) {
            writeAll(out, site.sources());
            writeAll(out, site.scriptClasses());
            out.writeInt(site.classes().size());
            for (Map.Entry<String, byte[]> entry : site.classes().entrySet()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        }
        byte[] payload = body.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(whole)) {
            out.writeInt(MAGIC);
            out.write(sha256().digest(payload));
            out.write(payload);
        }
        return whole.toByteArray();
    }

    private static void writeAll(DataOutputStream out, List<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static Optional<CompiledSite> decode(byte[] all) throws IOException {
        int start = Integer.BYTES + HASH_BYTES;
        if (all.length < start) {
            return Optional.empty();
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(new ByteArrayInputStream(all)))) {
            int magic = in.readInt();
            byte[] hash = in.readNBytes(HASH_BYTES);
            MessageDigest digest = sha256();
            digest.update(all, start, all.length - start);
            if (magic != MAGIC || !MessageDigest.isEqual(hash, digest.digest())) {
                return Optional.empty();
            }
            List<String> sources = readAll(in);
            List<String> scripts = readAll(in);
            Map<String, byte[]> classes = new LinkedHashMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                String name = in.readUTF();
                classes.put(name, in.readNBytes(in.readInt()));
            }
            return Optional.of(new CompiledSite(sources, scripts, classes));
        }
    }

    private static List<String> readAll(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(in.readUTF());
        }
        return texts;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
