package dev.converge.vault;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who can get at a file with a secret in it, besides root: what every account can read protects nothing. */
public enum FileReach {
    OWNER,
    GROUP_READS,
    GROUP_WRITES,
    EVERYBODY;

    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int FOLDER = 0040000;
    private static final int OTHERS = 0007;
    private static final int GROUP_WRITE = 0020;
    private static final int GROUP = 0070;

    /**
     * That of a file, or of what a link leads to. A pipe or a device keeps nothing that its rights would protect.
     *
     * @throws IOException when there is none, or a folder in its place: nobody is to be told to change the rights of that
     */
    public static FileReach of(Path file) throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        if ((mode & TYPE) == FOLDER) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        if ((mode & TYPE) != REGULAR) {
            return OWNER;
        }
        if ((mode & OTHERS) != 0) {
            return EVERYBODY;
        }
        if ((mode & GROUP_WRITE) != 0) {
            return GROUP_WRITES;
        }
        return (mode & GROUP) == 0 ? OWNER : GROUP_READS;
    }
}
