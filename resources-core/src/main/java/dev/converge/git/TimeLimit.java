package dev.converge.git;

import dev.converge.provider.ResourceFailure;
import java.time.Duration;
import java.util.Optional;
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
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

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

        Over(boolean ended, ResourceFailure why) {
            super(why.getMessage(), why);
            this.ended = ended;
        }

        /** What was found while it went on; empty when the time is over. */
        public Optional<ResourceFailure> why() {
            return Optional.ofNullable(getCause()).map(ResourceFailure.class::cast);
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
        return within(limit, name, work, cut, () -> {});
    }

    /**
     * Does the work, and looks at it now and then.
     *
     * @param look fails when the work must not go on
     */
    public static <T> T within(Duration limit, String name, Callable<T> work, Runnable cut, Runnable look)
            throws InterruptedException, ExecutionException, Over {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        try {
            boolean graceful = limit.compareTo(GRACE.multipliedBy(4)) > 0;
            return result(task, graceful ? limit.minus(GRACE) : limit, look);
        } catch (TimeoutException e) {
            end(thread, task, cut);
            throw new Over(!thread.isAlive());
        } catch (ResourceFailure e) {
            end(thread, task, cut);
            throw new Over(!thread.isAlive(), e);
        } catch (InterruptedException e) {
            end(thread, task, cut);
            throw e;
        }
    }

    private static <T> T result(FutureTask<T> task, Duration limit, Runnable look)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            long left = end - System.nanoTime();
            try {
                return task.get(Math.min(left, BETWEEN_LOOKS.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (left <= BETWEEN_LOOKS.toNanos()) {
                    throw e;
                }
                look.run();
            }
        }
    }

    private static void end(Thread thread, FutureTask<?> task, Runnable cut) throws InterruptedException {
        task.cancel(true);
        cut.run();
        thread.join(GRACE.toMillis());
    }
}
