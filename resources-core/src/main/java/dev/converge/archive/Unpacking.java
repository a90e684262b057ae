package dev.converge.archive;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the entries of an archive into a folder, and nowhere else. Links are made last: no entry is written through
 * one.
 */
final class Unpacking {
    private static final int FOLDER_MODE = 0755;
    private static final int OWNER_MAY_ALL = 0700;
    private static final Path UP = Path.of("..");
    private static final Path HERE = Path.of(".");

    private final Path folder;
    private final int strip;
    private final Map<Path, String> links = new LinkedHashMap<>();
    private final Map<Path, Integer> folders = new LinkedHashMap<>();

    /** @param folder the real path of an empty folder */
    Unpacking(Path folder, int strip) {
        this.folder = folder;
        this.strip = strip;
    }

    void add(Entry entry) throws IOException {
        Optional<Path> place = place(entry.name());
        if (place.isEmpty()) {
            return;
        }
        Path real = place.get();
        switch (entry.kind()) {
            case FOLDER -> {
                makeFolder(real);
                folders.put(real, entry.mode());
            }
            case FILE -> write(entry, real);
            case HARD_LINK -> linkHard(entry, real);
            case SYMBOLIC_LINK -> links.put(real, target(entry, real));
            case SPECIAL ->
                throw new ResourceFailure(
                        "The archive has \"" + entry.name() + "\", a device or a FIFO, which is not unpacked.",
                        "Unpack it with an exec if you want that.");
        }
    }

    /** The modes of folders come last, for one that may not be written to could not be filled. */
    void finish() throws IOException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            makeFolder(link.getKey().getParent());
            linkSymbolically(link.getKey(), Path.of(link.getValue()));
        }
        for (Map.Entry<Path, Integer> made : folders.entrySet()) {
            if (Files.isDirectory(made.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                Files.setAttribute(made.getKey(), "unix:mode", made.getValue() | OWNER_MAY_ALL);
            }
        }
    }

    /** Empty for what is left out by {@code strip}, and for the folder itself. */
    private Optional<Path> place(String name) {
        Path path = Path.of(name.replaceFirst("^(\\./)+", "")).normalize();
        if (name.startsWith("/") || path.startsWith("..") || name.indexOf('\0') >= 0) {
            throw outside(name);
        }
        boolean nothing = path.toString().isEmpty() || path.getNameCount() <= strip;
        return nothing ? Optional.empty() : Optional.of(folder.resolve(path.subpath(strip, path.getNameCount())));
    }

    private void write(Entry entry, Path real) throws IOException {
        makeFolder(real.getParent());
        links.remove(real);
        Files.deleteIfExists(real);
        copy(entry.content().open(), real);
        Files.setAttribute(real, "unix:mode", entry.mode());
        Files.setLastModifiedTime(real, FileTime.fromMillis(entry.modified()));
    }

    /** A disk that is full is not the archive's fault, so a failure to write is told from one to read. */
    private static void copy(InputStream content, Path real) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(real, StandardOpenOption.CREATE_NEW)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                write(out, buffer, count, real);
            }
        }
    }

    private static void write(OutputStream out, byte[] buffer, int count, Path real) throws IOException {
        try {
            out.write(buffer, 0, count);
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            throw new FileSystemException(real.toString(), null, e.getMessage());
        }
    }

    private void linkSymbolically(Path link, Path target) throws IOException {
        if (Files.isDirectory(link, LinkOption.NOFOLLOW_LINKS)) {
            throw notOneThing(link);
        }
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    private void linkHard(Entry entry, Path real) throws IOException {
        Path target = place(entry.target()).orElseThrow(() -> outside(entry.name()));
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new ResourceFailure(
                    "The archive has \"" + entry.name() + "\", a hard link to " + entry.target()
                            + ", which is no file that comes before it.",
                    "Is strip right? Else make the archive anew with tar's --hard-dereference.");
        }
        makeFolder(real.getParent());
        Files.deleteIfExists(real);
        Files.createLink(real, target);
    }

    /**
     * Only leading dots lead up: those are counted from a real folder. Dots behind a name could be counted from where
     * another link leads.
     */
    private String target(Entry entry, Path real) {
        Path target = Path.of(entry.target());
        boolean inside = real.resolveSibling(target).normalize().startsWith(folder);
        if (target.isAbsolute() || !inside || hasDotsBehindName(target)) {
            throw outside(entry.name() + " -> " + entry.target());
        }
        return entry.target();
    }

    private static boolean hasDotsBehindName(Path target) {
        boolean named = false;
        for (Path part : target) {
            if (named && part.equals(UP)) {
                return true;
            }
            named |= !part.equals(UP) && !part.equals(HERE);
        }
        return false;
    }

    /** Follows no link: one that is there already was made by the archive itself. */
    private void makeFolder(Path real) throws IOException {
        if (Files.isDirectory(real, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(real, LinkOption.NOFOLLOW_LINKS)) {
            throw notOneThing(real);
        }
        makeFolder(real.getParent());
        Files.createDirectory(real);
        Files.setAttribute(real, "unix:mode", FOLDER_MODE);
    }

    private ResourceFailure notOneThing(Path real) {
        return new ResourceFailure(
                "The archive has \"" + folder.relativize(real) + "\" as a folder and as something else.",
                "Unpack it with an exec if it is meant so.");
    }

    private static ResourceFailure outside(String name) {
        return new ResourceFailure(
                "The archive has \"" + name + "\", which leads out of the folder; nothing was unpacked.",
                "Find out where the archive comes from; unpack it with an exec if it is meant so.");
    }
}
