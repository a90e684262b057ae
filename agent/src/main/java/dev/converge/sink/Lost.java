package dev.converge.sink;

import java.time.Instant;
import java.util.Optional;

/**
 * Reports that a sink never got.
 *
 * @param dropped for want of room or time
 * @param refused since the server would never take them
 * @param since when the first of them was lost
 */
record Lost(long dropped, long refused, Optional<Instant> since) {
    static final Lost NOTHING = new Lost(0, 0, Optional.empty());

    boolean isNothing() {
        return dropped == 0 && refused == 0;
    }

    Lost plusDropped(Instant now) {
        return new Lost(dropped + 1, refused, Optional.of(since.orElse(now)));
    }

    Lost plusRefused(Instant now) {
        return new Lost(dropped, refused + 1, Optional.of(since.orElse(now)));
    }

    /** Those that were lost after others had been told of. */
    Lost minus(Lost told) {
        Lost rest = new Lost(dropped - told.dropped, refused - told.refused, since);
        return rest.isNothing() ? NOTHING : rest;
    }
}
