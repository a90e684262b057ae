package dev.converge.git;

import java.time.Duration;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Ends a transfer that takes too long, however steadily a slow server feeds it. */
final class Deadline extends EmptyProgressMonitor {
    private final long end;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    @Override
    public boolean isCancelled() {
        return System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted();
    }
}
