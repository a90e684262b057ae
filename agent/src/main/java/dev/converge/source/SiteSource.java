package dev.converge.source;

import dev.converge.diagnostic.Diagnostic;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Where sites come from, and the last good one. One thread at a time uses it. */
public interface SiteSource extends AutoCloseable {
    /** Below the state directory. */
    String FOLDER = "source";

    /**
     * The source that settings name.
     *
     * @param stateDir where it keeps what it has, in {@link #FOLDER}
     * @throws dev.converge.provider.ResourceFailure when another process has it
     */
    static SiteSource open(SourceSettings settings, Path stateDir) throws IOException {
        return GitSource.open(settings, stateDir.resolve(FOLDER));
    }

    /**
     * The last good commit, for whoever only looks: nothing is locked, made or mended for it, so it can be had beside an
     * agent, and empty too when its files are not as they were.
     */
    static Optional<SiteCopy> seen(SourceSettings settings, Path stateDir) {
        return GitSource.inForce(settings, stateDir.resolve(FOLDER));
    }

    /**
     * Keeps what is in force from being removed when something else comes in force, until it is closed or the process
     * ends: for whoever reads it beside an agent, and has no source open.
     */
    static Closeable reading(Path stateDir) throws IOException {
        return Readers.enter(stateDir.resolve(FOLDER));
    }

    /** Asks for the newest commit. Never fails for what the server or the commit did wrong, and ends within the time limit. */
    Fetched fetch() throws InterruptedException;

    /** The last good commit: there without a server, and after a crash. */
    Optional<SiteCopy> inForce();

    /** Why a commit that was in force must not be any more: its signer is no longer one of those who may. */
    Optional<Diagnostic> objection(SiteCopy copy) throws IOException;

    /**
     * Says that a copy compiles: it is in force from now on, and earlier ones go.
     *
     * @param copy from {@link #fetch} of this source
     */
    void accept(SiteCopy copy) throws IOException;

    @Override
    void close() throws IOException;
}
