package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import dev.converge.tidy.FileSize;

/** How much room the files of one commit may take: spent as they are written, those of its submodules too. */
public final class Room {
    /** What a name takes on disk, about: a few bytes of Git can stand for thousands of millions of names. */
    private static final long LEAST = 4096;

    private final long most;
    private final String key;
    private long left;

    /**
     * @param most in bytes
     * @param key where that can be raised
     */
    public Room(long most, String key) {
        this.most = most;
        this.key = key;
        this.left = most;
    }

    void take(long bytes) {
        left -= Math.max(bytes, LEAST);
        if (left < 0) {
            throw new ResourceFailure(
                    "Its files take more room than " + new FileSize(most) + ".",
                    "Take out of the site what no host needs, or raise " + key + ".");
        }
    }
}
