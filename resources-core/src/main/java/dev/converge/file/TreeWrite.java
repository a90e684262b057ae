package dev.converge.file;

import dev.converge.filesystem.EmptyFolder;
import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.NewLink;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Removal;
import dev.converge.filesystem.Stat;
import dev.converge.provider.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Makes below a directory what shall be there, each file old or new at any moment. What is copied is not flushed file
 * by file, which takes minutes for a large tree: the caller flushes the file system once.
 */
final class TreeWrite implements TreeVisitor {
    private final Tree tree;
    private final Host host;
    private final Set<Path> made = new HashSet<>();
    private boolean wrote;

    /** @param isNew whether the top was only just made, and taking it back takes back all below */
    TreeWrite(Tree tree, Host host, boolean isNew) {
        this.tree = tree;
        this.host = host;
        if (isNew) {
            made.add(tree.real());
        }
    }

    /** Whether anything was copied. */
    boolean wrote() {
        return wrote;
    }

    @Override
    public void copy(Path relative, Path source, Optional<Stat> now) throws IOException {
        Path real = tree.real().resolve(relative);
        Stat from = Stat.of(source).orElseThrow(() -> new NoSuchFileException(source.toString()));
        Ownership ownership = tree.dress(from, now);
        if (!made.contains(real.getParent())) {
            keep(relative, now);
        }
        if (now.isPresent() && (now.get().isDirectory() || from.isDirectory())) {
            Removal.of(real);
        }
        if (from.isDirectory()) {
            EmptyFolder.make(real, ownership, host);
            made.add(real);
        } else if (from.isLink()) {
            NewLink.place(real, Files.readSymbolicLink(source), ownership, host);
        } else {
            file(real, source, now, ownership);
        }
        wrote = true;
    }

    private void file(Path real, Path source, Optional<Stat> old, Ownership ownership) throws IOException {
        try (NewFile candidate = NewFile.beside(real, host)) {
            candidate.write(FileContent.from(source));
            if (old.isPresent() && old.get().isFile()) {
                candidate.inherit();
            }
            candidate.own(ownership);
            candidate.placeUnsynced();
        }
    }

    @Override
    public void dress(Path relative, Stat now) throws IOException {
        tree.dress(now).applyTo(tree.real().resolve(relative));
    }

    @Override
    public void remove(Path relative, Stat now) throws IOException {
        keep(relative, Optional.of(now));
        Removal.of(tree.real().resolve(relative));
    }

    /** What is new is told too: an undo removes it. */
    private void keep(Path relative, Optional<Stat> now) throws IOException {
        if (now.isEmpty() || tree.desired().backup()) {
            host.backups().keep(tree.path(relative));
        }
    }
}
