package dev.converge.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A resource that is kept in files whose paths are not its name: what purges a folder leaves them alone. */
public interface KeptInFiles {
    /** The files, as the host sees them. */
    List<Path> files();

    /** Those among them that it writes as a whole; of the others it changes a part. */
    default List<Path> wholeFiles() {
        return List.of();
    }

    /**
     * Whether a file with this text is as the resource, which is present, wants it.
     *
     * @return empty when that cannot be told without a host
     */
    default Optional<Boolean> isIn(String text) {
        return Optional.empty();
    }
}
