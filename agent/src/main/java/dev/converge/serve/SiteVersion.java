package dev.converge.serve;

import java.nio.file.Path;

/**
 * A site as it was at one moment, on this disk.
 *
 * @param commit names it: that of Git, or the digest of all files of a folder
 * @param folder nobody changes it
 */
record SiteVersion(String commit, Path folder) {
    private static final int SHORT = 12;

    /** As people read it. */
    String shortened() {
        return commit.substring(0, Math.min(commit.length(), SHORT));
    }
}
