package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Renders the hosts of an edition before they ask, to know what would come of it in force. It belongs to the one thread
 * that follows the site, which waits for each host.
 */
final class Rehearsal {
    private static final int TRIED = 20;

    private final Duration limit;

    /** @param limit how long a site's manifests may run for one host */
    Rehearsal(Duration limit) {
        this.limit = limit;
    }

    /**
     * A host that would lose what it gets.
     *
     * @param errors why it cannot be rendered any more
     */
    record Loss(ServedHost host, List<Diagnostic> errors) {}

    /**
     * Why no host can be served at all; empty when one can. One that can tells that the manifests compile; all others are
     * rendered when the server has begun. Where each waits for a Consul that does not answer, no more are tried after the
     * time that one may take.
     */
    List<Diagnostic> errorsOfAll(Renders renders) throws InterruptedException {
        List<Diagnostic> errors = List.of();
        long end = System.nanoTime() + limit.toNanos();
        for (ServedHost host :
                renders.edition().hosts().all().stream().limit(TRIED).toList()) {
            Rendering made = rendered(renders, host);
            if (made.page().isPresent()) {
                return List.of();
            }
            errors = errors.isEmpty() ? made.errors() : errors;
            if (System.nanoTime() - end > 0) {
                return errors;
            }
        }
        return errors;
    }

    /** The first host that is served by the renders in force, and could not be by the next. */
    Optional<Loss> loss(Renders next, Renders inForce) throws InterruptedException {
        for (ServedHost host : next.edition().hosts().all()) {
            Rendering made = rendered(next, host);
            if (!made.errors().isEmpty() && isServed(inForce, host)) {
                return Optional.of(new Loss(host, made.errors()));
            }
        }
        return Optional.empty();
    }

    private static boolean isServed(Renders inForce, ServedHost host) throws InterruptedException {
        Optional<ServedHost> then = inForce.edition().hosts().find(host.name());
        if (then.isEmpty()) {
            return false;
        }
        Optional<Boolean> known = inForce.hasServed(then.get());
        return known.isPresent()
                ? known.get()
                : rendered(inForce, then.get()).page().isPresent();
    }

    /** A whole data centre may be powered on next. Where none can be rendered for long, the site is rather followed. */
    void warm(Renders renders) throws InterruptedException {
        long begin = System.nanoTime();
        for (ServedHost host : renders.edition().hosts().all()) {
            if (rendered(renders, host).page().isPresent()) {
                begin = System.nanoTime();
            } else if (System.nanoTime() - begin > limit.toNanos()) {
                return;
            }
        }
    }

    private static Rendering rendered(Renders renders, ServedHost host) throws InterruptedException {
        while (true) {
            try {
                return renders.of(host, host.form()).get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Renders.Retired) {
                    throw new IllegalStateException("only this thread retires editions", e);
                }
                TimeUnit.MILLISECONDS.sleep(100); // too many wait, and machines go first
            }
        }
    }
}
