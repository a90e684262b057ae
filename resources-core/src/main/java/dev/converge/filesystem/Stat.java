package dev.converge.filesystem;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code lstat(2)} says of a path: one system call, no names looked up.
 *
 * @param kind what it is
 * @param mode the low twelve bits of {@code st_mode}
 * @param uid its owner
 * @param gid its group
 * @param size in bytes
 */
public record Stat(Kind kind, int mode, int uid, int gid, long size) {
    /** Something above the path is no folder ({@code ENOTDIR}), so there is nothing at it. */
    private static final String NOT_A_DIRECTORY = "Not a directory";

    private static final int TYPE_BITS = 0170000;
    private static final int PERMISSION_BITS = 07777;

    private static final Kind FILE = Kind.FILE.seen();
    private static final Kind DIRECTORY = Kind.DIRECTORY.seen();
    private static final Kind LINK = Kind.LINK.seen();

    /** Empty when there is nothing at the path, not even a link that leads nowhere. */
    public static Optional<Stat> of(Path real) throws IOException {
        try {
            Map<String, Object> read = Files.readAttributes(real, "unix:mode,uid,gid,size", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) read.get("mode");
            return Optional.of(new Stat(
                    kindOf(mode & TYPE_BITS),
                    mode & PERMISSION_BITS,
                    (Integer) read.get("uid"),
                    (Integer) read.get("gid"),
                    (Long) read.get("size")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (NOT_A_DIRECTORY.equals(e.getReason())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** {@code S_IFMT} of inode(7). */
    private static Kind kindOf(int type) {
        return switch (type) {
            case 0100000 -> FILE;
            case 0040000 -> DIRECTORY;
            case 0120000 -> LINK;
            case 0010000 -> Kind.FIFO.seen();
            case 0140000 -> Kind.SOCKET.seen();
            default -> Kind.DEVICE.seen();
        };
    }

    public boolean isFile() {
        return kind.equals(Kind.FILE);
    }

    public boolean isDirectory() {
        return kind.equals(Kind.DIRECTORY);
    }

    public boolean isLink() {
        return kind.equals(Kind.LINK);
    }
}
