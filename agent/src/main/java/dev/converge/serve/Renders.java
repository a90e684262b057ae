package dev.converge.serve;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The renders of one edition: each made once, however many ask at once, and kept. A good one is kept for as long as the
 * edition, or as data from outside may be old; one that failed for a moment, so that it can be mended.
 */
final class Renders {
    /** In bytes; beyond it, each is made anew when it is asked for. */
    private static final long MOST_KEPT = 192L << 20;

    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);

    private final Edition edition;
    private final Executor workers;
    private final Duration dataAge;
    private final EditionTally tally;
    private final Map<Key, CompletableFuture<Rendering>> kept = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<String> unrendered = ConcurrentHashMap.newKeySet();
    private final AtomicInteger inHand = new AtomicInteger();
    private volatile boolean retired;

    /** @param dataAge how old data from outside may be */
    Renders(Edition edition, Executor workers, Duration dataAge, EditionTally tally) {
        this.edition = edition;
        this.workers = workers;
        this.dataAge = dataAge;
        this.tally = tally;
    }

    private record Key(String host, Form form) {}

    /** Another edition has come in its place: what is not there already is to be asked of that one. */
    static final class Retired extends Exception {
        private static final long serialVersionUID = 1L;

        Retired() {
            super("retired", null, false, false);
        }
    }

    Edition edition() {
        return edition;
    }

    /**
     * What a host gets, now or when it is made. It ends with {@link Retired} when another edition is to be asked, and with a
     * {@link RejectedExecutionException} when too many wait already.
     */
    CompletableFuture<Rendering> of(ServedHost host, Form form) {
        Key key = new Key(host.name(), form);
        CompletableFuture<Rendering> before = kept.get(key);
        if (before != null && isGood(before)) {
            tally.hit();
            return before;
        }
        CompletableFuture<Rendering> mine = new CompletableFuture<>();
        boolean first = before == null ? kept.putIfAbsent(key, mine) == null : kept.replace(key, before, mine);
        if (!first) {
            return of(host, form);
        }
        if (before != null) {
            bytes.addAndGet(-size(before.join()));
        }
        begin(host, key, mine);
        return mine;
    }

    private void begin(ServedHost host, Key key, CompletableFuture<Rendering> mine) {
        inHand.incrementAndGet();
        try {
            if (retired) {
                throw new Retired();
            }
            workers.execute(() -> make(host, key, mine));
        } catch (Retired | RejectedExecutionException e) {
            inHand.decrementAndGet();
            kept.remove(key, mine);
            mine.completeExceptionally(e);
        }
    }

    private void make(ServedHost host, Key key, CompletableFuture<Rendering> mine) {
        long begin = System.nanoTime();
        Rendering made = rendering(host, key.form());
        inHand.decrementAndGet();
        tally.made(made.page().isPresent(), System.nanoTime() - begin);
        if (bytes.addAndGet(size(made)) > MOST_KEPT) {
            bytes.addAndGet(-size(made));
            kept.remove(key, mine);
        }
        note(host, key.form(), made.page().isPresent());
        mine.complete(made);
        if (!made.problems().isEmpty()) {
            tally.told(edition, host, made.problems());
        }
    }

    /** Another form than its own is nobody's to miss. */
    private void note(ServedHost host, Form form, boolean good) {
        if (form != host.form()) {
            return;
        }
        if (good) {
            unrendered.remove(host.name());
        } else {
            unrendered.add(host.name());
        }
    }

    private Rendering rendering(ServedHost host, Form form) {
        try {
            Checked<Page> page = edition.render(host, form);
            return new Rendering(page.value(), page.diagnostics(), System.nanoTime());
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            Diagnostic bug =
                    Diagnostic.error(Code.BUG, "Bug in Converge", "Rendering for " + host.name() + " failed: " + e);
            return new Rendering(Optional.empty(), List.of(bug), System.nanoTime());
        }
    }

    private boolean isGood(CompletableFuture<Rendering> one) {
        if (!one.isDone()) {
            return true;
        }
        if (one.isCompletedExceptionally()) {
            return false;
        }
        Rendering made = one.join();
        long age = System.nanoTime() - made.ended();
        if (made.page().isEmpty()) {
            return age < FAILURE_KEPT.toNanos();
        }
        return !edition.asksOutside() || age < dataAge.toNanos();
    }

    private static long size(Rendering made) {
        return made.page().map(page -> (long) page.body().capacity()).orElse(0L);
    }

    /** Whether a host could be served when it was last rendered, however long ago; empty when it never was. */
    Optional<Boolean> hasServed(ServedHost host) {
        CompletableFuture<Rendering> one = kept.get(new Key(host.name(), host.form()));
        return one == null || !one.isDone() || one.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(one.join().page().isPresent());
    }

    /** How many hosts cannot be rendered, as far as it was tried. */
    int unrendered() {
        return unrendered.size();
    }

    /** The edition is the one that hosts get. */
    void comeIntoForce() {
        tally.inForce();
    }

    /** Begins nothing more. */
    void retire() {
        retired = true;
    }

    /** Whether something still reads the edition's files. */
    boolean isBusy() {
        return inHand.get() > 0;
    }

    long bytes() {
        return bytes.get();
    }

    int waiting() {
        return inHand.get();
    }
}
