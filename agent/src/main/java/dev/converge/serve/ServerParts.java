package dev.converge.serve;

import dev.converge.filesystem.FolderLock;
import dev.converge.provider.ResourceFailure;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the parts of a server share.
 *
 * @param workers render, as many at once as there are of them; as many wait as their queue holds
 * @param lock of the state, which another server would change meanwhile: each token is good once for both of them
 */
record ServerParts(
        ServeSettings settings, ServerLog log, ServeMetrics metrics, ThreadPoolExecutor workers, FolderLock lock)
        implements AutoCloseable {
    /** Each a host that has just been powered on; more are told to ask again. */
    private static final int WAITING = 20_000;

    /** @throws ResourceFailure when another process works with the state */
    static ServerParts of(ServeSettings settings, ServerLog log) throws IOException {
        FolderLock lock = lock(StateDirectory.make(settings.state()));
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                settings.jobs(), settings.jobs(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "render");
                    thread.setDaemon(true);
                    return thread;
                });
        return new ServerParts(settings, log, new ServeMetrics(), workers, lock);
    }

    private static FolderLock lock(Path state) throws IOException {
        Optional<FolderLock> lock = FolderLock.take(state);
        if (lock.isEmpty()) {
            throw new ResourceFailure(
                    "Another converge serve works with " + state + ": " + FolderLock.holder(state) + ".",
                    "Give each a --state-dir of its own.");
        }
        lock.get().sign();
        return lock.get();
    }

    /** What renders an edition. */
    Renders renders(Edition edition) {
        return new Renders(edition, workers, settings.dataAge(), new EditionTally(metrics, log));
    }

    /** Whoever renders is interrupted. */
    @Override
    public void close() throws IOException {
        workers.shutdownNow();
        lock.close();
    }
}
