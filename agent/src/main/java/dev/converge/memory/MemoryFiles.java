package dev.converge.memory;

import dev.converge.state.DurableFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where what was applied last is kept, in {@code applied/} of the state directory: for each site {@code NAME.txt}, and
 * beside it {@code NAME.mark}, a few bytes that are all that a run reads in which nothing has changed.
 */
final class MemoryFiles {
    private static final int KEY_BYTES = 32;

    /** How many sites are remembered; a run of another one forgets those that were not used for longest. */
    private static final int SITES = 64;

    private final Path folder;
    private final String site;
    private final String name;

    /** @param site which site */
    MemoryFiles(Path folder, String site) {
        this.folder = folder;
        this.site = site;
        this.name = name(site);
    }

    private static String name(String site) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(site.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    Path text() {
        return folder.resolve(name + ".txt");
    }

    /** What the catalog was made from that is remembered as a whole, and settled; empty when there is none. */
    String mark() {
        try {
            return Files.readString(folder.resolve(name + ".mark")).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** What is remembered; empty when nothing is, or when it is of another key. */
    Optional<SiteMemory> read(String key) throws IOException {
        String text;
        try {
            text = Files.readString(text());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Optional<SiteMemory> memory = text.isEmpty() ? Optional.empty() : SiteMemory.of(text);
        boolean ours = memory.filter(found -> found.key().equals(key))
                .filter(found -> found.site().equals(site))
                .isPresent();
        if (!ours) {
            throw new DamagedException();
        }
        return memory;
    }

    /** Something is there, and it cannot be believed. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The text comes before the mark that vouches for it: a crash between the two costs the next run some time. */
    void write(SiteMemory memory, String mark) throws IOException {
        byte[] text = memory.text().getBytes(StandardCharsets.UTF_8);
        Files.deleteIfExists(folder.resolve(name + ".mark"));
        DurableFile.replace(text(), out -> out.write(text));
        writeMark(mark);
        forgetOldSites();
    }

    void writeMark(String mark) throws IOException {
        byte[] line = (mark + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(folder.resolve(name + ".mark"), out -> out.write(line));
    }

    /** The key of this host; empty when it has none yet. */
    Optional<byte[]> key() throws IOException {
        try {
            byte[] key = HexFormat.of()
                    .parseHex(Files.readString(folder.resolve("key")).strip());
            return key.length == KEY_BYTES ? Optional.of(key) : Optional.empty();
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    byte[] makeKey() throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        byte[] line = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.UTF_8);
        DurableFile.replace(folder.resolve("key"), out -> out.write(line));
        return key;
    }

    private void forgetOldSites() throws IOException {
        File[] sites = folder.toFile().listFiles((ignored, file) -> file.endsWith(".txt"));
        if (sites == null || sites.length <= SITES) {
            return;
        }
        Arrays.sort(sites, Comparator.comparingLong(File::lastModified));
        for (File old : Arrays.copyOf(sites, sites.length - SITES)) {
            Path path = old.toPath();
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.resolveSibling(old.getName().replace(".txt", ".mark")));
        }
    }
}
