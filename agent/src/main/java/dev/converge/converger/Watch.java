package dev.converge.converger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the clock for a run in which something has to be over at some time: it interrupts workers that are overdue,
 * and gives up those that not even that can end. A run without limits has {@link #NONE}, and no thread for it.
 */
final class Watch {
    /** Programs are ended at their deadline; what waits for them shall tell how they ended before it is interrupted. */
    private static final Duration SLACK = Duration.ofMillis(250);

    static final Watch NONE = new Watch(Duration.ZERO, Deadline.NONE);

    private final Duration patience;
    private final Deadline limit;
    private final List<Stint> stints = new ArrayList<>();
    private int workers;

    /**
     * @param patience how long a worker that was interrupted may take to end
     * @param limit when no more turns begin
     */
    Watch(Duration patience, Deadline limit) {
        this.patience = patience;
        this.limit = limit;
    }

    Stint begin(Hand hand, Deadline deadline) {
        if (this == NONE) {
            return Stint.UNWATCHED;
        }
        Stint stint = new Stint(Thread.currentThread(), hand, deadline);
        synchronized (this) {
            stints.add(stint);
            notifyAll();
        }
        return stint;
    }

    void end(Stint stint) {
        if (this != NONE) {
            synchronized (this) {
                stints.remove(stint);
            }
        }
    }

    void enter() {
        if (this != NONE) {
            synchronized (this) {
                workers++;
            }
        }
    }

    void leave() {
        if (this != NONE) {
            synchronized (this) {
                workers--;
                notifyAll();
            }
        }
    }

    /** Whether no worker is left that could still end. */
    synchronized boolean isOver() {
        return workers == 0;
    }

    /** Whether the time of the whole run is up. */
    boolean isLimitReached() {
        return limit.isOver();
    }

    /** Waits until something is overdue, has begun or has ended. */
    synchronized void await() throws InterruptedException {
        Optional<Long> next = Optional.empty();
        if (limit.exists() && !limit.isOver()) {
            next = Optional.of(limit.left().toNanos());
        }
        for (Stint stint : stints) {
            if (stint.deadline().exists()) {
                long nanos = until(stint);
                next = next.filter(sooner -> sooner <= nanos).or(() -> Optional.of(nanos));
            }
        }
        if (workers == 0) {
            return;
        }
        if (next.isEmpty()) {
            wait();
        } else {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(next.get(), 1_000_000));
        }
    }

    private long until(Stint stint) {
        long interrupt = stint.deadline().left().plus(SLACK).toNanos();
        return interrupt > 0 ? interrupt : interrupt + patience.toNanos();
    }

    /** Interrupts those whose time is up. Returns one that was interrupted for long, and that nobody waits for any more. */
    synchronized Optional<Stint> lost() {
        for (Stint stint : stints) {
            Deadline deadline = stint.deadline();
            if (deadline.exists() && deadline.left().plus(SLACK).isNegative()) {
                stint.interrupt();
                if (deadline.left().plus(SLACK).plus(patience).isNegative() && stint.giveUp()) {
                    stints.remove(stint);
                    workers--;
                    return Optional.of(stint);
                }
            }
        }
        return Optional.empty();
    }
}
