package dev.converge.service;

import dev.converge.filesystem.FileContent;
import dev.converge.filesystem.NewFile;
import dev.converge.filesystem.Ownership;
import dev.converge.filesystem.Stat;
import dev.converge.filesystem.Writable;
import dev.converge.model.Content;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One file of a unit, read and replaced as a whole.
 *
 * @param path as the host sees it
 */
record UnitFile(Path path, Host host) {
    private static final int MODE = 0644;
    private static final int SECRET_MODE = 0600;
    private static final int OTHERS = 0007;

    /** What is in it; empty when there is none. Of a link, such as a mask, nothing is in the file itself. */
    Optional<Content> read(boolean sensitive) throws IOException {
        Path real = host.path(path);
        Optional<Stat> stat = Stat.of(real);
        if (stat.isEmpty()) {
            return Optional.empty();
        }
        return stat.get().isFile()
                ? Optional.of(FileContent.observed(real, stat.get().size(), sensitive))
                : Optional.of(Content.of(""));
    }

    /** Fails when it could not be written or removed; the folder of a drop-in is made when it is needed. */
    void requireWritable() throws IOException {
        Optional<Stat> stat = Stat.of(host.path(path));
        if (stat.isPresent() && stat.get().isLink()) {
            Path target = Files.readSymbolicLink(host.path(path));
            throw new ResourceFailure(
                    path + " is a link to " + target + (target.endsWith("null") ? ": the unit is masked." : "."),
                    target.endsWith("null") ? "Unmask it: a service with masked false." : "Remove the link.");
        }
        if (stat.isPresent() && !stat.get().isFile()) {
            throw new ResourceFailure(path + " is a " + stat.get().kind() + ", not a file.", "Move it away.");
        }
        boolean newFolder = isDropIn() && !Files.exists(host.path(path.getParent()));
        Writable.requireParent(newFolder ? path.getParent() : path, host);
        Writable.requireReplaceable(path, host);
    }

    private boolean isDropIn() {
        return path.getParent().toString().endsWith(".d");
    }

    /** Puts a content in its place in one step; what it replaces is kept. */
    void write(Content content) throws IOException {
        Path real = host.path(path);
        if (isDropIn() && !Files.exists(real.getParent())) {
            host.backups().keep(path.getParent());
            Files.createDirectory(
                    real.getParent(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        }
        Optional<Stat> old = Stat.of(real);
        host.backups().keep(path);
        boolean secret = !content.secrets().isEmpty();
        int mode = old.map(stat -> secret ? stat.mode() & ~OTHERS : stat.mode()).orElse(secret ? SECRET_MODE : MODE);
        try (NewFile candidate = NewFile.beside(real, host)) {
            candidate.write(content);
            if (old.isPresent()) {
                candidate.inherit();
            }
            candidate.own(new Ownership(
                    old.map(stat -> OptionalInt.of(stat.uid())).orElse(OptionalInt.empty()),
                    old.map(stat -> OptionalInt.of(stat.gid())).orElse(OptionalInt.empty()),
                    OptionalInt.of(mode)));
            candidate.place();
        }
    }

    /** Removes it, and the folder of a drop-in that is empty then. */
    void remove() throws IOException {
        host.backups().keep(path);
        Files.deleteIfExists(host.path(path));
        Path folder = host.path(path.getParent());
        if (isDropIn() && Files.isDirectory(folder)) {
            try (var rest = Files.list(folder)) {
                if (rest.findAny().isPresent()) {
                    return;
                }
            }
            Files.delete(folder);
        }
    }
}
