package dev.converge.git;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that ends in time for whoever wants it, whatever a server does: it goes on in a thread of its own, which is given
 * up when the time is over.
 */
public final class TimeLimit {
    /** Cut off, a thread has nothing more to wait for. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private TimeLimit() {}

    /** The work was given up. */
    public static final class Over extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean ended;

        Over(boolean ended) {
            super("the time is over");
            this.ended = ended;
        }

        /** Whether its thread has ended, so that nothing more is written. */
        public boolean isEnded() {
            return ended;
        }
    }

    /**
     * Does the work.
     *
     * @param cut makes the work fail soon, when it is given up
     * @throws ExecutionException when it fails
     */
    public static <T> T within(Duration limit, String name, Callable<T> work, Runnable cut)
            throws InterruptedException, ExecutionException, Over {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            boolean graceful = limit.compareTo(GRACE.multipliedBy(4)) > 0;
            return task.get((graceful ? limit.minus(GRACE) : limit).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end(thread, task, cut);
            throw new Over(!thread.isAlive());
        } catch (InterruptedException e) {
            end(thread, task, cut);
            throw e;
        }
    }

    private static void end(Thread thread, FutureTask<?> task, Runnable cut) throws InterruptedException {
        task.cancel(true);
        cut.run();
        thread.join(GRACE.toMillis());
    }
}
