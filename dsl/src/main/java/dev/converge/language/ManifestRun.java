package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Durations;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;

/** Runs a site's manifests on a thread of their own, so that one that does not end can be given up. */
final class ManifestRun {
    private static final long STACK_BYTES = 16L << 20;
    private static final int SLICES = 20;

    /** How many times the limit a thread may take that hardly gets the processor. */
    private static final int PATIENCE = 9;

    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Manifests manifests;
    private final Evaluation evaluation;
    private final Duration limit;
    private volatile Throwable failure;

    ManifestRun(Manifests manifests, Evaluation evaluation, Duration limit) {
        this.manifests = manifests;
        this.evaluation = evaluation;
        this.limit = limit;
    }

    /**
     * Runs the manifest; what it throws is reported to the evaluation.
     *
     * @return whether it came to its end, so that everything it declares is known
     */
    boolean run(String manifest) {
        Thread thread = new Thread(null, () -> attempt(manifest), "manifest", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            if (!ends(thread)) {
                giveUp(thread);
                return false;
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return false;
        }
        if (failure != null) {
            RunFailures failures = new RunFailures(evaluation.facts());
            failures.diagnostic(failure)
                    .map(diagnostic -> evaluation.composites().placed(diagnostic.at(place(failure.getStackTrace()))))
                    .ifPresent(evaluation::report);
        }
        return failure == null;
    }

    /**
     * Waits for its end, until it has had the processor for as long as the limit says: on a machine that is busy with other
     * things, what takes a second may take many. A thread that only waits is given up at last, too.
     */
    private boolean ends(Thread thread) throws InterruptedException {
        thread.join(limit.toMillis());
        long slice = Math.max(1, limit.toMillis() / SLICES);
        for (int waited = 0; thread.isAlive() && waited < PATIENCE * SLICES && !hasSpent(thread); waited++) {
            thread.join(slice);
        }
        return !thread.isAlive();
    }

    /** Asked of the JDK's management no sooner than now, since it takes a while to load. */
    private boolean hasSpent(Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) >= limit.toNanos();
    }

    /** A manifest may fail in any way, out of memory and stack included: each becomes a diagnostic. */
    private void attempt(String manifest) {
        try {
            manifests.run(manifest, evaluation);
        } catch (Throwable thrown) {
            failure = thrown;
        }
    }

    private void giveUp(Thread thread) throws InterruptedException {
        SourceRange at = place(thread.getStackTrace());
        thread.interrupt();
        thread.join(GRACE.toMillis());
        evaluation.report(Diagnostic.error(
                        Code.TIME_LIMIT,
                        "Time limit",
                        "The manifest was still running after " + Durations.format(limit) + ".")
                .at(at)
                .suggest("Look for a loop that does not end."));
    }

    /** The innermost frame that is in the site; its column is known when the run's own position is on that line. */
    private SourceRange place(StackTraceElement[] frames) {
        SourceRange last = evaluation.position();
        for (StackTraceElement frame : frames) {
            Optional<Integer> source = manifests.site().sourceOf(frame.getFileName());
            if (source.isPresent() && frame.getLineNumber() > 0) {
                String file = manifests.sources().get(source.get());
                return last.file().equals(file) && last.line() == frame.getLineNumber()
                        ? last
                        : SourceRange.point(file, frame.getLineNumber(), 1);
            }
        }
        return last;
    }
}
