package dev.converge.install;

import dev.converge.filesystem.Removal;
import dev.converge.module.ModuleLock;
import dev.converge.module.SiteModules;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The folder of a site that its modules from Git are in. A module is written beside its place and moved there when it is
 * whole; what a killed installation has left is removed by the next one, and until then a compile refuses it by its hash.
 */
final class InstalledFolder implements AutoCloseable {
    private static final String DRAFT = ".draft-";

    private final Path site;
    private final Path folder;

    private InstalledFolder(Path site) {
        this.site = site;
        this.folder = site.resolve(SiteModules.INSTALLED);
    }

    static InstalledFolder open(Path site) throws IOException {
        InstalledFolder opened = new InstalledFolder(site);
        opened.make();
        Path ignore = opened.folder.getParent().resolve(".gitignore");
        if (!Files.exists(ignore, LinkOption.NOFOLLOW_LINKS)) {
            Files.writeString(ignore, "# Made anew by: converge module install\n*\n");
        }
        opened.removeDrafts();
        return opened;
    }

    /** What is in the folder will be removed, so it has to be the site's: a checkout may bring links to anywhere. */
    private void make() throws IOException {
        for (Path part : List.of(folder.getParent(), folder)) {
            if (!Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(part);
            }
            if (!Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS)) {
                throw new ResourceFailure(
                        part + " is not a folder, so modules are not installed into it.",
                        "Find out what it is there for, then remove it: rm " + part);
            }
        }
    }

    /** An empty folder to write a module into. */
    Path draft(String name) throws IOException {
        Path draft = draftOf(name);
        Removal.of(draft);
        return Files.createDirectory(draft);
    }

    Path draftOf(String name) {
        return folder.resolve(DRAFT + name);
    }

    boolean hasDraft(String name) {
        return Files.isDirectory(draftOf(name));
    }

    /** Moves what was written to its place, and removes modules that are not among these. */
    void place(Set<String> names) throws IOException {
        for (String name : names) {
            if (hasDraft(name)) {
                Removal.of(folder.resolve(name));
                Files.move(draftOf(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                if (!names.contains(String.valueOf(path.getFileName()))) {
                    Removal.of(path);
                }
            }
        }
    }

    /** In one step; none when there is nothing to lock. */
    void write(ModuleLock lock) throws IOException {
        Path file = site.resolve(ModuleLock.FILE);
        if (lock.entries().isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        byte[] text = lock.text().getBytes(StandardCharsets.UTF_8);
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), text)) {
            return;
        }
        Path draft = site.resolve("." + ModuleLock.FILE + ".new");
        Files.deleteIfExists(draft); // a link there would be followed
        Files.write(draft, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private void removeDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : drafts) {
                Removal.of(draft);
            }
        }
    }

    @Override
    public void close() throws IOException {
        removeDrafts();
    }
}
