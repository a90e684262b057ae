package dev.converge.agent;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * When the agent has something to do next, by a clock that nobody can set: whoever puts the host's clock forward or back
 * gets neither a storm of runs nor a host that is left alone.
 */
final class Timetable {
    private static final Duration FIRST_RETRY = Duration.ofMinutes(1);
    private static final double JITTER = 0.5;

    private final LongSupplier nanoClock;
    private final RandomGenerator random;
    private final Schedule schedule;
    private final Duration delay;
    private long nextRun;
    private long nextFetch;
    private Duration retry = FIRST_RETRY;

    /** Begins with a run at once, and with asking for the newest commit after the host's part of the splay. */
    Timetable(Schedule schedule, String host, LongSupplier nanoClock, RandomGenerator random) {
        this.schedule = schedule;
        this.delay = schedule.delayOf(host);
        this.nanoClock = nanoClock;
        this.random = random;
        this.nextRun = nanoClock.getAsLong();
        this.nextFetch = in(delay);
    }

    private long in(Duration time) {
        return nanoClock.getAsLong() + time.toNanos();
    }

    private boolean isDue(long moment) {
        return moment - nanoClock.getAsLong() <= 0;
    }

    boolean isRunDue() {
        return isDue(nextRun);
    }

    boolean isFetchDue() {
        return isDue(nextFetch);
    }

    Duration untilRun() {
        return until(nextRun);
    }

    /** How long there is nothing to do, unless something happens. */
    Duration untilNext() {
        return until(nextRun - nextFetch < 0 ? nextRun : nextFetch);
    }

    private Duration until(long moment) {
        return Duration.ofNanos(Math.max(0, moment - nanoClock.getAsLong()));
    }

    /** A run is due at once, and the remote is asked too. */
    void begin() {
        nextRun = nanoClock.getAsLong();
        nextFetch = nextRun;
    }

    /** A whole run has ended, or was left out: the interval begins anew. */
    void ran() {
        nextRun = in(schedule.interval().plus(delay));
    }

    /** The remote has answered: the next time that it is asked is with the next run. */
    void reached() {
        retry = FIRST_RETRY;
        nextFetch = nextRun;
    }

    /** It has not: it is asked again sooner, ever later, and not by all hosts at once. */
    void unreachable() {
        Duration most = schedule.interval();
        Duration wait = retry.compareTo(most) < 0 ? retry : most;
        long jitter = Math.round(wait.toNanos() * JITTER * random.nextDouble());
        nextFetch = in(wait.plusNanos(jitter));
        retry = wait.multipliedBy(2);
    }
}
