package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Counts the renders of an edition, and tells what its author has to know: each once, not for each host, and when it is in
 * force. What keeps one from that is told by who refuses it.
 */
final class EditionTally {
    private final ServeMetrics metrics;
    private final ServerLog log;
    private final Set<Diagnostic> known = new HashSet<>();
    private final List<Runnable> heldBack = new ArrayList<>();
    private boolean inForce;

    EditionTally(ServeMetrics metrics, ServerLog log) {
        this.metrics = metrics;
        this.log = log;
    }

    void hit() {
        metrics.hit();
    }

    void made(boolean good, long nanos) {
        metrics.made(good, nanos);
    }

    synchronized void told(Edition of, ServedHost host, List<Diagnostic> problems) {
        List<Diagnostic> news = problems.stream().filter(known::add).toList();
        if (news.isEmpty()) {
            return;
        }
        boolean fails = problems.stream().anyMatch(Diagnostic::isError);
        String text = host.name() + (fails ? " cannot be rendered" : " is rendered with a warning");
        if (inForce) {
            log.tell(text, of::lines, news);
        } else {
            heldBack.add(() -> log.tell(text, of::lines, news));
        }
    }

    synchronized void inForce() {
        inForce = true;
        heldBack.forEach(Runnable::run);
        heldBack.clear();
    }
}
