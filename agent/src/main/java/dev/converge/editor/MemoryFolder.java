package dev.converge.editor;

import dev.converge.provider.ResourceFailure;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A folder for its owner alone that is in memory, never on a disk. A guard removes it as soon as it is closed or this
 * process ends, killed or not: a shell that waits for the end of its input, which this process alone holds open.
 */
public final class MemoryFolder implements Closeable {
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    /** Ctrl-C in the editor reaches the guard too. */
    private static final String GUARD = "trap '' INT QUIT HUP TERM TSTP; read -r end; rm -rf -- \"$0\"";

    private static final int REMOVAL_SECONDS = 10;

    private final Path path;
    private final Process guard;

    private MemoryFolder(Path path, Process guard) {
        this.path = path;
        this.guard = guard;
    }

    /**
     * Makes one.
     *
     * @param environment of this process; it may name a folder of the session
     * @throws ResourceFailure when this machine has no place in memory
     */
    public static MemoryFolder create(Map<String, String> environment) throws IOException {
        List<Path> places = new ArrayList<>();
        places.add(Path.of("/dev/shm"));
        String session = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (session.startsWith("/")) {
            places.add(Path.of(session));
        }
        places.add(Path.of("/run"));
        for (Path place : places) {
            if (isInMemory(place)) {
                return guarded(Files.createTempDirectory(
                        place,
                        "converge-",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
            }
        }
        throw new ResourceFailure(
                "No folder of this machine is in memory, and what is decrypted shall not be on a disk.",
                "Mount one: mount -t tmpfs tmpfs /dev/shm");
    }

    private static boolean isInMemory(Path place) throws IOException {
        if (!Files.isDirectory(place) || !Files.isWritable(place)) {
            return false;
        }
        FileStore store = Files.getFileStore(place);
        return IN_MEMORY.contains(store.type());
    }

    private static MemoryFolder guarded(Path folder) throws IOException {
        try {
            Process guard = new ProcessBuilder("/bin/sh", "-c", GUARD, folder.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .directory(Path.of("/").toFile())
                    .start();
            return new MemoryFolder(folder, guard);
        } catch (IOException e) {
            Files.delete(folder);
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** @throws ResourceFailure when it could not be removed */
    @Override
    public void close() throws IOException {
        guard.getOutputStream().close();
        try {
            guard.waitFor(REMOVAL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (Files.exists(path)) {
            throw new ResourceFailure(path + " could not be removed, and holds what is decrypted.", "Remove it now.");
        }
    }
}
