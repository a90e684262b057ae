package dev.converge.source;

import dev.converge.filesystem.Removal;
import dev.converge.posix.Exchange;
import dev.converge.provider.ResourceFailure;
import dev.converge.state.DurableFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What a source keeps on disk: {@code in-force} names the good copy, {@code sites/COMMIT} has its files, {@code work-N}
 * what was fetched. Only the first matters: all else can be had again.
 */
final class SourceFolder implements AutoCloseable {
    private static final String WORK = "work-";

    private final Path folder;
    private final FileChannel lock;
    private int work;

    private SourceFolder(Path folder, FileChannel lock, int work) {
        this.folder = folder;
        this.lock = lock;
        this.work = work;
    }

    static SourceFolder open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new ResourceFailure(
                    "Another agent works with " + folder + ".", "Let that one do it: converge agent once.");
        }
        int newest = 1;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, WORK + "*")) {
            for (Path one : all) {
                newest = Math.max(newest, number(one));
            }
        }
        SourceFolder opened = new SourceFolder(folder, channel, newest);
        opened.removeOldWork();
        return opened;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null && lock.isValid();
        } catch (OverlappingFileLockException e) {
            return false; // by another thread
        }
    }

    private static int number(Path work) {
        String digits = work.getFileName().toString().substring(WORK.length());
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private void removeOldWork() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, WORK + "*")) {
            for (Path one : all) {
                if (number(one) != work) {
                    Removal.of(one);
                }
            }
        }
    }

    /** Where the repository's copy is. */
    Path mirror() {
        return folder.resolve(WORK + work).resolve("site.git");
    }

    /** Where the copies of its submodules are. */
    Path submodules() {
        return folder.resolve(WORK + work).resolve("submodules");
    }

    /** Where an export is made. */
    Path draft() {
        return folder.resolve(WORK + work).resolve("export");
    }

    /** Leaves what was fetched to a thread that does not end; the next one begins anew. */
    void abandonWork() {
        work++;
    }

    Path site(String commit) {
        return folder.resolve("sites").resolve(commit);
    }

    /** Gives a finished draft its place. */
    void place(String commit) throws IOException {
        Path site = site(commit);
        Files.createDirectories(site.getParent());
        if (Files.exists(site)) {
            Exchange.of(draft(), site);
            Removal.of(draft());
        } else {
            Files.move(draft(), site, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    Optional<KeptSite> read() throws IOException {
        try {
            return KeptSite.parse(Files.readString(folder.resolve("in-force"), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** From now on this one, and no other. */
    void write(KeptSite kept) throws IOException {
        DurableFile.replaceDurably(
                folder.resolve("in-force"), out -> out.write(kept.text().getBytes(StandardCharsets.UTF_8)));
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(site(kept.commit()).getParent())) {
            for (Path one : all) {
                if (!one.getFileName().toString().equals(kept.commit())) {
                    Removal.of(one);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
