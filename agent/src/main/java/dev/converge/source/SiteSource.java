package dev.converge.source;

import java.io.IOException;
import java.util.Optional;

/** The commits of a site, and the one that is in force. */
public interface SiteSource extends AutoCloseable {
    /** Asks for the newest commit; ends within its time limit, and never fails for what the remote or the commit did wrong. */
    Fetched fetch() throws InterruptedException;

    /** The last good commit on disk: without a network, and after whatever ended an earlier process. */
    Optional<SiteCopy> inForce();

    /** Puts a commit in force, because it compiles for this host; older exports go. */
    void accept(SiteCopy copy) throws IOException;

    @Override
    void close();
}
