package dev.converge.pkg;

import dev.converge.provider.Host;
import java.io.IOException;

/** Whether this run has fetched the lists of packages, so that fetching them again would give the same. */
final class Refreshed {
    private volatile boolean done;

    static Refreshed of(Host host) throws IOException, InterruptedException {
        return host.database(Refreshed.class, ignored -> new Refreshed());
    }

    boolean done() {
        return done;
    }

    void mark() {
        done = true;
    }
}
