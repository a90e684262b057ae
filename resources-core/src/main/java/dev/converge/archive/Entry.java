package dev.converge.archive;

import java.io.IOException;
import java.io.InputStream;

/**
 * One thing in an archive.
 *
 * @param name as the archive says it
 * @param kind what it is
 * @param mode permission bits
 * @param target where a link leads; empty for the others
 * @param modified in milliseconds since 1970
 * @param content a file's bytes, to be read before the next entry is asked for
 */
record Entry(String name, Kind kind, int mode, String target, long modified, Bytes content) {
    /** What an archive may hold. */
    enum Kind {
        FILE,
        FOLDER,
        SYMBOLIC_LINK,
        HARD_LINK,
        /** A device, a FIFO or a socket. */
        SPECIAL
    }

    /** Opens a file's bytes; closing them is the reader's business. */
    interface Bytes {
        InputStream open() throws IOException;
    }

    /** Gets each entry in the order of the archive. */
    interface Consumer {
        void accept(Entry entry) throws IOException;
    }
}
