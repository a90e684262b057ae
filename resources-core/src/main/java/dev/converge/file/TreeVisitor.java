package dev.converge.file;

import dev.converge.filesystem.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Is told what separates a directory from what shall be below it, a parent always before its children. */
interface TreeVisitor {
    /**
     * Something is missing, or differs in more than its owner, group and mode.
     *
     * @param relative its path below the directory
     * @param source where it is copied from
     * @param now what is there
     */
    void copy(Path relative, Path source, Optional<Stat> now) throws IOException;

    /** Something has another owner, group or mode than it shall have. */
    void dress(Path relative, Stat now) throws IOException;

    /** Something is there that nobody named. */
    void remove(Path relative, Stat now) throws IOException;
}
