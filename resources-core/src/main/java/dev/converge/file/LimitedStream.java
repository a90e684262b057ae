package dev.converge.file;

import dev.converge.provider.ResourceFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A stream that fails when it takes too long, however steadily a slow server feeds it. */
final class LimitedStream extends FilterInputStream {
    private final String origin;
    private final Duration limit;
    private final long deadline;

    /** @param origin where the bytes come from, for the failure's message */
    LimitedStream(InputStream in, String origin, Duration limit) {
        super(in);
        this.origin = origin;
        this.limit = limit;
        this.deadline = System.nanoTime() + limit.toNanos();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (System.nanoTime() - deadline > 0) {
            throw new ResourceFailure(
                    origin + " was not there whole after " + limit.toMinutes() + " minutes.",
                    "Put it on a faster server, or into the site's files/.");
        }
        return super.read(buffer, offset, length);
    }
}
