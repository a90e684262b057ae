package dev.converge.provider;

import java.io.IOException;
import java.nio.file.Path;

/** The machine, or the root folder, that a run looks at and changes. Nothing touches a host but through this. */
public interface Host {
    /** The folder that is the host's {@code /}; {@code /} itself for the machine that Converge runs on. */
    Path root();

    /**
     * The real path of a path on the host.
     *
     * @param absolute a path as the host sees it
     */
    default Path path(Path absolute) {
        return root().getNameCount() == 0
                ? absolute
                : root().resolve(absolute.getRoot().relativize(absolute));
    }

    /** Runs programs on the host. */
    Commands commands();

    /** Keeps what a run replaces. */
    Backups backups();

    /**
     * A database of the host (accounts, packages, units …), read once and kept until {@link #invalidate}.
     *
     * @param type the database's own class, which is also its key
     * @param reader reads it; run by one thread while others that ask for the same wait
     */
    <T> T database(Class<T> type, DatabaseReader<T> reader) throws IOException, InterruptedException;

    /**
     * Notes a temporary file or folder that is about to be made: the next run removes it when this one is killed.
     *
     * @param real its path on this machine
     */
    default void noteTemporary(Path real) throws IOException {}

    /** Forgets a database after something has changed it. */
    void invalidate(Class<?> database);

    /** Forgets every database, after something has run that may have changed anything. */
    void invalidateAll();

    /** Reads one of the host's databases. */
    interface DatabaseReader<T> {
        T read(Host host) throws IOException, InterruptedException;
    }
}
