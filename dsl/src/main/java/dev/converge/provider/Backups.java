package dev.converge.provider;

import dev.converge.model.ResourceId;
import java.io.IOException;
import java.nio.file.Path;

/** Keeps what a run replaces or removes. */
public interface Backups {
    /**
     * Keeps a file, link or folder (with all below it) as it is now: content, owner, mode and times. Does nothing when
     * there is nothing at the path.
     *
     * @param path as the host sees it
     */
    void keep(Path path) throws IOException;

    /** The same, whose copies are kept in the name of the resource that replaces them. */
    default Backups by(ResourceId resource) {
        return this;
    }
}
