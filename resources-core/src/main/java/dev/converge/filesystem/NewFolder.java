package dev.converge.filesystem;

import dev.converge.posix.ExtendedAttributes;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder that is filled beside its place, and takes it when it is whole. Until then only its owner can read it: nobody
 * knows yet who may. Closing it removes what is beside the place; so does the next run after one that was killed.
 */
public final class NewFolder implements AutoCloseable {
    private static final int NEW_MODE = 0755;

    private final Path place;
    private final Path beside;

    private NewFolder(Path place, Path beside) {
        this.place = place;
        this.beside = beside;
    }

    /**
     * An empty folder.
     *
     * @param place the real path that it will take
     * @param purpose what the name beside the place ends with, the same each time
     */
    public static NewFolder beside(Path place, String purpose, Host host) throws IOException {
        Path beside = Temporary.beside(place, purpose, host);
        Removal.of(beside);
        Files.createDirectory(
                beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new NewFolder(place, beside);
    }

    /**
     * Fails when a path is neither free nor an empty folder.
     *
     * @param path as the host sees it
     * @param wanted what a folder with something in it would have to be, such as {@code no checkout of a repository}
     */
    public static void requireRoom(Path path, Host host, String wanted) throws IOException {
        Path real = host.path(path);
        Optional<Stat> stat = Stat.of(real);
        if (stat.isEmpty()) {
            return;
        }
        if (!stat.get().isDirectory()) {
            throw new ResourceFailure(path + " is a " + stat.get().kind() + ", not a folder.", "Move it away.");
        }
        try (Stream<Path> entries = Files.list(real)) {
            if (entries.findAny().isPresent()) {
                throw new ResourceFailure(
                        path + " is not empty, and " + wanted + ".",
                        "Move away what is in it, or choose another path.");
            }
        }
    }

    /** The path of the folder until it is placed. */
    public Path path() {
        return beside;
    }

    /** Gives all in it its owner; the folder itself gets what the one at its place has: mode, ACL, SELinux context. */
    public void finish(Ownership ownership) throws IOException {
        ownership.applyToAll(beside);
        Optional<Stat> now = Stat.of(place);
        if (now.isPresent()) {
            ExtendedAttributes.copy(place, beside);
        }
        Files.setAttribute(beside, "unix:mode", now.map(Stat::mode).orElse(NEW_MODE));
    }

    /** Takes a place that is free, or an empty folder. */
    public void place() throws IOException {
        Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Removal.of(beside);
    }
}
