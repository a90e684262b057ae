package dev.converge.source;

import dev.converge.filesystem.FolderFlush;
import dev.converge.filesystem.FolderLock;
import dev.converge.filesystem.Removal;
import dev.converge.posix.Exchange;
import dev.converge.provider.ResourceFailure;
import dev.converge.state.DurableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a source keeps on disk: {@code in-force} names the good copy, {@code sites/COMMIT} has its files, {@code work-N}
 * what was fetched. Only the first matters: all else can be had again.
 */
final class SourceFolder implements AutoCloseable {
    private static final String WORK = "work-";
    private static final String SITES = "sites";
    private static final String IN_FORCE = "in-force";

    private final Path folder;
    private final FolderLock lock;
    private final Readers readers;
    private int work;

    private SourceFolder(Path folder, FolderLock lock, Readers readers, int work) {
        this.readers = readers;
        this.folder = folder;
        this.lock = lock;
        this.work = work;
    }

    static SourceFolder open(Path folder) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FolderLock lock = FolderLock.take(folder)
                .orElseThrow(() -> new ResourceFailure(
                        "Another agent works with " + folder + ".", "Let that one do it: converge agent once."));
        int newest = 1;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, WORK + "*")) {
            for (Path one : all) {
                newest = Math.max(newest, number(one));
            }
        }
        SourceFolder opened = new SourceFolder(folder, lock, Readers.open(folder), newest);
        opened.removeOldWork();
        return opened;
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

    Path path() {
        return folder;
    }

    /** Where a fetch works, from its beginning to its end, even when it is given up meanwhile. */
    Work work() {
        return new Work(folder.resolve(WORK + work));
    }

    /** Leaves what was fetched to a thread that does not end; the next one begins anew. */
    void abandonWork() {
        work++;
    }

    /** A folder to work in. */
    record Work(Path folder) {
        /** Where the repository's copy is. */
        Path mirror() {
            return folder.resolve("site.git");
        }

        /** Where the copies of its submodules are. */
        Path submodules() {
            return folder.resolve("submodules");
        }

        /** Where an export is made. */
        Path draft() {
            return folder.resolve("export");
        }

        /** How many bytes were fetched, as far as can be seen while it goes on. */
        long size() throws IOException {
            return TreeSize.of(mirror()) + TreeSize.of(submodules());
        }
    }

    Path site(String commit) {
        return site(folder, commit);
    }

    static Path site(Path folder, String commit) {
        return folder.resolve(SITES).resolve(commit);
    }

    /** Gives a finished draft its place, on the disk too: what names the copy must not get there before it. */
    void place(Path draft, String commit) throws IOException {
        Path site = site(commit);
        Files.createDirectories(site.getParent());
        if (Files.exists(site)) {
            Exchange.of(draft, site);
            Removal.of(draft);
        } else {
            Files.move(draft, site, StandardCopyOption.ATOMIC_MOVE);
        }
        FolderFlush.ofNames(site.getParent());
    }

    Optional<KeptSite> read() throws IOException {
        return read(folder);
    }

    /** That of a folder which another process may have open. */
    static Optional<KeptSite> read(Path folder) throws IOException {
        try {
            return KeptSite.parse(Files.readString(folder.resolve(IN_FORCE), StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** From now on this one, and no other; those that somebody reads go next time. */
    void write(KeptSite kept) throws IOException {
        DurableFile.replaceDurably(
                folder.resolve(IN_FORCE), out -> out.write(kept.text().getBytes(StandardCharsets.UTF_8)));
        readers.without(() -> removeBut(Set.of(kept.commit())));
    }

    /** Removes the files of all commits but these and the one in force; of none while somebody reads, or that one is not known. */
    void removeUntaken(Set<String> commits) throws IOException {
        Optional<KeptSite> good = read();
        if (good.isEmpty() && Files.exists(folder.resolve(IN_FORCE))) {
            return;
        }
        Set<String> kept = new HashSet<>(commits);
        good.ifPresent(one -> kept.add(one.commit()));
        readers.without(() -> removeBut(kept));
    }

    private void removeBut(Set<String> commits) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder.resolve(SITES))) {
            for (Path one : all) {
                if (!commits.contains(one.getFileName().toString())) {
                    Removal.of(one);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        readers.close();
        lock.close();
    }
}
