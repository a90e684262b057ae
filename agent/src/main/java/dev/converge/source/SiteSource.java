package dev.converge.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where sites come from, and the last good one. One thread at a time uses it. */
public interface SiteSource extends AutoCloseable {
    /**
     * The source that settings name.
     *
     * @param stateDir where it keeps what it has, in a folder {@code source}
     * @throws dev.converge.provider.ResourceFailure when another process has it
     */
    static SiteSource open(SourceSettings settings, Path stateDir) throws IOException {
        return GitSource.open(settings, stateDir.resolve("source"));
    }

    /** Asks for the newest commit. Never fails for what the server or the commit did wrong, and ends within the time limit. */
    Fetched fetch() throws InterruptedException;

    /** The last good commit: there without a server, and after a crash. */
    Optional<SiteCopy> inForce();

    /**
     * Says that a copy compiles: it is in force from now on, and earlier ones go.
     *
     * @param copy from {@link #fetch} of this source
     */
    void accept(SiteCopy copy) throws IOException;

    @Override
    void close() throws IOException;
}
