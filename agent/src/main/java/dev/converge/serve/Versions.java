package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.io.IOException;
import java.util.Optional;

/** Where a site comes from, and what is newest there. One thread at a time uses it. */
interface Versions extends AutoCloseable {
    /** What a look at it came to. */
    sealed interface Look {
        /** One that is not in force. */
        record Newer(SiteVersion version) implements Look {}

        /** Nothing new. */
        record Same() implements Look {}

        /** Somebody writes into it; the next look finds it at rest. */
        record Unsettled() implements Look {}

        /** It could not be asked, or what it has must not be used. */
        record Failed(Optional<String> commit, Diagnostic why) implements Look {}
    }

    Look look() throws InterruptedException;

    /** The last one that was in force, by an earlier process. */
    Optional<SiteVersion> last();

    /** It is in force, and none before is read any more. */
    void accept(SiteVersion version) throws IOException;

    @Override
    void close() throws IOException;
}
