package dev.converge.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who can get at a file with a secret in it, besides root: what every account can read protects nothing. */
public enum FileReach {
    OWNER,
    GROUP_READS,
    GROUP_WRITES,
    EVERYBODY;

    private static final int OTHERS = 0007;
    private static final int GROUP_WRITE = 0020;
    private static final int GROUP = 0070;

    /** That of a file, or of what a link leads to. */
    public static FileReach of(Path file) throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode");
        if ((mode & OTHERS) != 0) {
            return EVERYBODY;
        }
        if ((mode & GROUP_WRITE) != 0) {
            return GROUP_WRITES;
        }
        return (mode & GROUP) == 0 ? OWNER : GROUP_READS;
    }
}
