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

    /** A new deadline, and a worker that leaves, wake the watch at any time. */
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(1);

    static final Watch NONE = new Watch(Duration.ZERO, Deadline.NONE);

    private final Duration patience;
    private final Deadline limit;
    private final List<Stint> stints = new ArrayList<>();
    private int workers;
    private boolean limitTold;

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

    /** Whether the time of the whole run is up; said once. */
    synchronized boolean isLimitReached() {
        boolean news = isLimitNews();
        limitTold |= news;
        return news;
    }

    private boolean isLimitNews() {
        return !limitTold && limit.isOver();
    }

    /**
     * Waits until somebody has to be given up, the time of the run is up, or no worker is left. Workers whose time is up
     * are interrupted meanwhile.
     *
     * @return one that was interrupted for long, and that nobody waits for any more
     */
    synchronized Optional<Stint> await() throws InterruptedException {
        Optional<Stint> lost = lost();
        while (lost.isEmpty() && workers > 0 && !isLimitNews()) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(untilNext(), MOMENT));
            lost = lost();
        }
        return lost;
    }

    private long untilNext() {
        long next = limitTold || !limit.exists() ? LONG : limit.left().toNanos();
        for (Stint stint : stints) {
            if (stint.deadline().exists()) {
                long interrupt = stint.deadline().left().plus(SLACK).toNanos();
                next = Math.min(next, interrupt > 0 ? interrupt : interrupt + patience.toNanos());
            }
        }
        return next;
    }

    private Optional<Stint> lost() {
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
