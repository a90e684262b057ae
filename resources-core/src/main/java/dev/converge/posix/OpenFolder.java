package dev.converge.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/**
 * A folder that is held open, so that nobody can put another one, or a link, in its place while root works in it: for
 * folders of users. Names are looked up in it alone and links are never followed; see openat(2).
 */
public final class OpenFolder implements AutoCloseable {
    // The flags of x86, and of arm64 where they differ; see fcntl.h.
    private static final boolean SWAPS = System.getProperty("os.arch").equals("aarch64");
    private static final int WRITE_NEW = 0x1 | 0x40 | 0x80;
    private static final int NONBLOCK = 0x800;
    private static final int FOLDER = SWAPS ? 0x4000 : 0x10000;
    private static final int NO_LINK = SWAPS ? 0x8000 : 0x20000;
    private static final int CLOSE_ON_EXEC = 0x80000;

    private static final int REMOVE_FOLDER = 0x200;

    private static final int ENOENT = 2;
    private static final int EEXIST = 17;
    private static final int ENOTDIR = 20;
    private static final int ELOOP = 40;

    private static final int TYPE_BITS = 0170000;
    private static final int REGULAR = 0100000;
    private static final int ONLY_OWNER = 0600;

    private interface C extends Library {
        C INSTANCE = Native.load("c", C.class, Map.of(Library.OPTION_STRING_ENCODING, "UTF-8"));

        int openat(int folder, String name, int flags, int mode) throws LastErrorException;

        int mkdirat(int folder, String name, int mode) throws LastErrorException;

        int unlinkat(int folder, String name, int flags) throws LastErrorException;

        int renameat(int from, String name, int to, String other) throws LastErrorException;

        int fchown(int file, int uid, int gid) throws LastErrorException;

        int fchmod(int file, int mode) throws LastErrorException;

        int fsync(int file) throws LastErrorException;

        long write(int file, byte[] bytes, long size) throws LastErrorException;

        int close(int file) throws LastErrorException;
    }

    /**
     * What is known of something open.
     *
     * @param mode the low twelve bits of {@code st_mode}
     */
    public record Owned(int uid, int gid, int mode) {}

    /** A file's bytes and whose they are. */
    public record Contents(byte[] bytes, Owned owned) {
        public Contents {
            bytes = bytes.clone();
        }

        @Override
        public byte[] bytes() {
            return bytes.clone();
        }
    }

    private final int handle;
    private final Path path;

    private OpenFolder(int handle, Path path) {
        this.handle = handle;
        this.path = path;
    }

    /**
     * Opens a folder, each name on the way without following links.
     *
     * @param real a path without links
     * @throws IOException when it is none, or a link has come into the way
     */
    public static OpenFolder of(Path real) throws IOException {
        OpenFolder folder = new OpenFolder(open(-1, "/", FOLDER, real), real.getRoot());
        for (Path name : real) {
            try (OpenFolder above = folder) {
                folder = above.folder(name.toString())
                        .orElseThrow(() -> new FileSystemException(real.toString(), null, "it is gone"));
            }
        }
        return folder;
    }

    /** A folder in this one; empty when there is none of that name. */
    public Optional<OpenFolder> folder(String name) throws IOException {
        Path below = path.resolve(name);
        try {
            return Optional.of(new OpenFolder(openat(name, FOLDER), below));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT) {
                return Optional.empty();
            }
            throw failure(below, e);
        }
    }

    /** Makes a folder in this one that belongs to its owner from its first moment on. */
    public OpenFolder make(String name, Owned owned) throws IOException {
        Path below = path.resolve(name);
        String candidate = candidateFor(name);
        try {
            unlink(candidate, REMOVE_FOLDER);
            C.INSTANCE.mkdirat(handle, candidate, 0700);
            OpenFolder made = new OpenFolder(openat(candidate, FOLDER), below);
            try {
                give(made.handle, owned);
                C.INSTANCE.renameat(handle, candidate, handle, name);
            } catch (IOException | RuntimeException e) {
                made.close();
                unlink(candidate, REMOVE_FOLDER);
                throw e;
            }
            return made;
        } catch (LastErrorException e) {
            throw failure(below, e);
        }
    }

    private static String candidateFor(String name) {
        return "." + name + ".converge";
    }

    /**
     * Reads a file; empty when there is nothing of that name. Neither a link nor a pipe is ever read.
     *
     * @param most how many bytes it may have: who owns the folder could fill the memory with a larger one
     */
    public Optional<Contents> read(String name, int most) throws IOException {
        Path below = path.resolve(name);
        int file;
        try {
            file = openat(name, NONBLOCK);
        } catch (LastErrorException e) {
            if (e.getErrorCode() == ENOENT) {
                return Optional.empty();
            }
            throw failure(below, e);
        }
        try {
            if ((attribute(file, "mode") & TYPE_BITS) != REGULAR) {
                throw new FileSystemException(below.toString(), null, "it is not a file");
            }
            return Optional.of(new Contents(bytes(file, below, most), owned(file)));
        } finally {
            C.INSTANCE.close(file);
        }
    }

    private static byte[] bytes(int file, Path shown, int most) throws IOException {
        try (InputStream content = Files.newInputStream(descriptor(file))) {
            byte[] bytes = content.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new FileSystemException(shown.toString(), null, "it has more than " + most + " bytes");
            }
            return bytes;
        }
    }

    /** Puts a file in the place of what has that name, in one step; what it replaces is not looked at. */
    public void replace(String name, byte[] content, Owned owned) throws IOException {
        String candidate = candidateFor(name);
        try {
            unlink(candidate, 0);
            int file = openat(candidate, WRITE_NEW);
            try {
                write(file, content);
                give(file, owned);
                C.INSTANCE.fsync(file);
            } catch (IOException | RuntimeException e) {
                unlink(candidate, 0);
                throw e;
            } finally {
                C.INSTANCE.close(file);
            }
            C.INSTANCE.renameat(handle, candidate, handle, name);
            C.INSTANCE.fsync(handle);
        } catch (LastErrorException e) {
            throw failure(path.resolve(name), e);
        }
    }

    private void unlink(String name, int flags) {
        try {
            C.INSTANCE.unlinkat(handle, name, flags);
        } catch (LastErrorException e) {
            if (e.getErrorCode() != ENOENT) {
                throw e;
            }
        }
    }

    private static void write(int file, byte[] content) {
        int written = 0;
        while (written < content.length) {
            byte[] rest = written == 0 ? content : Arrays.copyOfRange(content, written, content.length);
            written += (int) C.INSTANCE.write(file, rest, rest.length);
        }
    }

    /** The owner first: chown(2) takes bits away from the mode. */
    private static void give(int file, Owned owned) throws IOException {
        Owned now = owned(file);
        if (now.uid() != owned.uid() || now.gid() != owned.gid()) {
            C.INSTANCE.fchown(file, owned.uid(), owned.gid());
        }
        C.INSTANCE.fchmod(file, owned.mode());
    }

    public Owned owned() throws IOException {
        return owned(handle);
    }

    private static Owned owned(int file) throws IOException {
        return new Owned(attribute(file, "uid"), attribute(file, "gid"), attribute(file, "mode") & 07777);
    }

    private static int attribute(int file, String name) throws IOException {
        return (Integer) Files.getAttribute(descriptor(file), "unix:" + name);
    }

    /** Stands for what is open, wherever it has gone since; see proc(5). */
    private static Path descriptor(int file) {
        return Path.of("/proc/self/fd", Integer.toString(file));
    }

    private int openat(String name, int flags) {
        return C.INSTANCE.openat(handle, name, flags | NO_LINK | CLOSE_ON_EXEC, ONLY_OWNER);
    }

    private static int open(int folder, String name, int flags, Path shown) throws IOException {
        try {
            return C.INSTANCE.openat(folder, name, flags | NO_LINK | CLOSE_ON_EXEC, 0);
        } catch (LastErrorException e) {
            throw failure(shown, e);
        }
    }

    private static FileSystemException failure(Path path, LastErrorException e) {
        String reason =
                switch (e.getErrorCode()) {
                    case ELOOP -> "it is a symbolic link, and is not followed";
                    case ENOTDIR -> "it is a symbolic link, which is not followed, or no folder";
                    case EEXIST -> "somebody else made it at this moment";
                    default -> e.getMessage();
                };
        return new FileSystemException(path.toString(), null, reason);
    }

    @Override
    public void close() {
        C.INSTANCE.close(handle);
    }
}
