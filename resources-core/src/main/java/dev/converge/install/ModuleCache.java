package dev.converge.install;

import dev.converge.filesystem.FolderLock;
import dev.converge.git.GitAddress;
import dev.converge.git.GitMirror;
import dev.converge.process.ThisProcess;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Copies of the repositories that modules come from, shared by all sites of an account. One process at a time has it. */
public final class ModuleCache implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long POLL_MILLIS = 100;

    private final Path folder;
    private final FolderLock lock;
    private final Map<String, GitMirror> mirrors = new LinkedHashMap<>();

    private ModuleCache(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Where it is for the account that runs Converge: {@code /var/cache/converge/modules} for root, else below {@code
     * $XDG_CACHE_HOME} or {@code ~/.cache} (XDG Base Directory Specification).
     */
    public static Path folder(Map<String, String> environment) {
        if (ThisProcess.isRoot()) {
            return Path.of("/var/cache/converge/modules");
        }
        String base = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        return (base.startsWith("/") ? Path.of(base) : Path.of(home, ".cache")).resolve("converge/modules");
    }

    /**
     * Made for its owner only when it is not there: what is in it becomes part of sites.
     *
     * @throws ResourceFailure when another process does not let go of it
     */
    static ModuleCache open(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        long end = System.nanoTime() + PATIENCE.toNanos();
        Optional<FolderLock> lock = FolderLock.take(folder);
        while (lock.isEmpty()) {
            if (System.nanoTime() - end > 0) {
                throw new ResourceFailure(
                        "Another process works with " + folder + ".",
                        "Wait for it, or end it: fuser " + folder + "/lock");
            }
            Thread.sleep(POLL_MILLIS);
            lock = FolderLock.take(folder);
        }
        return new ModuleCache(folder, lock.get());
    }

    /** The copy of a repository, which may still be empty. */
    GitMirror mirror(String address) {
        GitAddress parsed = GitAddress.parse(address);
        return mirrors.computeIfAbsent(address, key -> GitMirror.open(folder.resolve(name(key)), parsed));
    }

    /** As much of the address as helps a reader, and what makes it one of its own. */
    private static String name(String address) {
        String readable = address.replaceFirst("^\\w+://", "").replaceAll("[^A-Za-z0-9.-]+", "-");
        String start = readable.substring(0, Math.min(readable.length(), 60));
        return start + "-" + hash(address).substring(0, 16) + ".git";
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() throws IOException {
        mirrors.values().forEach(GitMirror::close);
        lock.close();
    }
}
