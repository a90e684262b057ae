package dev.converge.watch;

import dev.converge.model.ResourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Gathers what sources have noticed until somebody asks for it: what comes together is told together. */
final class Moves {
    private final long quiet;
    private final long longest;
    private final Set<ResourceId> ids = new LinkedHashSet<>();
    private boolean everything;
    private boolean awake;
    private Optional<Instant> first = Optional.empty();
    private long firstNanos;
    private long lastNanos;

    /**
     * What came of a wait.
     *
     * @param woken whether it was ended before its time
     */
    record Told(Moved moved, boolean woken) {}

    Moves(WatchSettings settings) {
        this.quiet = settings.quiet().toNanos();
        this.longest = settings.longest().toNanos();
    }

    synchronized void add(Collection<ResourceId> moved) {
        if (!moved.isEmpty()) {
            ids.addAll(moved);
            noticed();
        }
    }

    /** Something has moved, and nobody knows what. */
    synchronized void lost() {
        everything = true;
        noticed();
    }

    /** Ends the wait of whoever waits. */
    synchronized void wake() {
        awake = true;
        notifyAll();
    }

    private void noticed() {
        lastNanos = System.nanoTime();
        if (first.isEmpty()) {
            first = Optional.of(Instant.now());
            firstNanos = lastNanos;
        }
        notifyAll();
    }

    /** What has moved, once it has settled; nothing when nothing has in that time, or on {@link #wake}. */
    synchronized Told await(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (first.isEmpty() && !awake && System.nanoTime() < end) {
            pause(end);
        }
        while (first.isPresent() && !awake && System.nanoTime() < settled()) {
            pause(settled());
        }
        boolean woken = awake;
        awake = false;
        return new Told(woken ? Moved.NOTHING : take(), woken);
    }

    private long settled() {
        return Math.min(lastNanos + quiet, firstNanos + longest);
    }

    private void pause(long end) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, Math.max(end - System.nanoTime(), 1_000));
    }

    private Moved take() {
        if (first.isEmpty()) {
            return Moved.NOTHING;
        }
        Moved moved = new Moved(ids, everything, first);
        ids.clear();
        everything = false;
        first = Optional.empty();
        return moved;
    }
}
