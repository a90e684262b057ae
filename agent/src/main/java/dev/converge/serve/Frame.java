package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * What the parts of a server share.
 *
 * @param workers render, as many at once as there are of them; as many wait as their queue holds
 */
record Frame(ServeSettings settings, ServerLog log, ServeMetrics metrics, ThreadPoolExecutor workers) {
    /** Each a host that has just been powered on; more are told to ask again. */
    private static final int WAITING = 20_000;

    static Frame of(ServeSettings settings, ServerLog log) {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                settings.jobs(), settings.jobs(), 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "render");
                    thread.setDaemon(true);
                    return thread;
                });
        return new Frame(settings, log, new ServeMetrics(), workers);
    }

    /** What renders an edition. A warning is told once, not for each host; an error with the host that it is about. */
    Renders renders(Edition edition) {
        Set<Diagnostic> told = new HashSet<>();
        RenderTally tally = new RenderTally() {
            @Override
            public void hit() {
                metrics.hit();
            }

            @Override
            public void made(boolean good, long nanos) {
                metrics.made(good, nanos);
            }

            @Override
            public void told(Edition of, ServedHost host, List<Diagnostic> problems) {
                List<Diagnostic> news;
                synchronized (told) {
                    news = problems.stream().filter(told::add).toList();
                }
                boolean fails = problems.stream().anyMatch(Diagnostic::isError);
                if (!news.isEmpty()) {
                    log.tell(
                            host.name() + (fails ? " cannot be rendered" : " is rendered with a warning"),
                            of::lines,
                            news);
                }
            }
        };
        return new Renders(edition, workers, settings.dataAge(), tally);
    }
}
