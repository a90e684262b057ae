package dev.converge.provider;

import dev.converge.model.Resource;
import java.io.IOException;

/** A provider whose changes consist of steps: killed between two of them, the host can look in sync and not be. */
public interface Recovers<R extends Resource> extends Provider<R> {
    /**
     * Completes or takes back what {@link #apply} may have left half done, so that what is then observed is the truth.
     * Called in a live run, before the resource is observed, when an earlier run was killed while it changed it; also
     * when that run had not yet begun, or was already done.
     */
    void recover(R desired, Host host) throws IOException, InterruptedException;
}
