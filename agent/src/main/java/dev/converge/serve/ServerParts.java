package dev.converge.serve;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the parts of a server share.
 *
 * @param workers render, as many at once as there are of them; as many wait as their queue holds
 */
record ServerParts(ServeSettings settings, ServerLog log, ServeMetrics metrics, ThreadPoolExecutor workers) {
    /** Each a host that has just been powered on; more are told to ask again. */
    private static final int WAITING = 20_000;

    static ServerParts of(ServeSettings settings, ServerLog log) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                settings.jobs(), settings.jobs(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "render");
                    thread.setDaemon(true);
                    return thread;
                });
        return new ServerParts(settings, log, new ServeMetrics(), workers);
    }

    /** What renders an edition. */
    Renders renders(Edition edition) {
        return new Renders(edition, workers, settings.dataAge(), new EditionTally(metrics, log));
    }
}
