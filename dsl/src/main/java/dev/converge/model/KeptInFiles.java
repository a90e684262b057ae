package dev.converge.model;

import java.nio.file.Path;
import java.util.List;

/** A resource that is kept in files whose paths are not its name: what purges a folder leaves them alone. */
public interface KeptInFiles {
    /** The files, as the host sees them. */
    List<Path> files();
}
