package dev.converge.serve;

import dev.converge.sink.Exposition;
import dev.converge.sink.Version;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** The server's figures for Prometheus. */
final class ServeMetrics {
    private static final long[] BOUNDS = {
        500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000, 10_000_000
    };

    private final Map<Served, LongAdder> requests = new ConcurrentHashMap<>();
    private final AtomicLongArray took = new AtomicLongArray(BOUNDS.length + 1);
    private final LongAdder micros = new LongAdder();
    private final LongAdder hits = new LongAdder();
    private final LongAdder rendered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder renderMicros = new LongAdder();

    /** What there is one series for. */
    private record Served(Endpoint endpoint, int status) {}

    void answered(Endpoint endpoint, int status, long nanos) {
        requests.computeIfAbsent(new Served(endpoint, status), key -> new LongAdder())
                .increment();
        long time = nanos / 1000;
        int at = 0;
        while (at < BOUNDS.length && time > BOUNDS[at]) {
            at++;
        }
        took.incrementAndGet(at);
        micros.add(time);
    }

    void hit() {
        hits.increment();
    }

    void made(boolean good, long nanos) {
        (good ? rendered : failed).increment();
        renderMicros.add(nanos / 1000);
    }

    String text(Editions editions) {
        Renders current = editions.current();
        Standing standing = editions.standing();
        Exposition out = new Exposition();
        Map<String, String> info = new LinkedHashMap<>();
        info.put("version", Version.OURS);
        info.put("commit", current.edition().version().commit());
        out.gauge("converge_serve_info", "Which Converge serves which commit.").value(info, 1);
        out.gauge("converge_serve_hosts", "Hosts that may boot from here.")
                .value(current.edition().hosts().all().size());
        out.gauge("converge_serve_hosts_unrendered", "Hosts that cannot be rendered.")
                .value(current.unrendered());
        out.gauge("converge_serve_commit_timestamp_seconds", "When the commit came into force.")
                .value(Optional.of(standing.since()));
        out.gauge("converge_serve_commit_refused", "Whether the newest commit is not in force, or not known.")
                .value(standing.problem().isPresent() ? 1 : 0);
        out.counter("converge_serve_fetch_failures_total", "How often the site could not be fetched.")
                .value(standing.fetchFailures());
        requests(out);
        renders(out, current);
        return out.toString();
    }

    private void requests(Exposition out) {
        out.counter("converge_serve_requests_total", "Requests by what was asked for and the status of the answer.");
        Map<Served, LongAdder> sorted =
                new TreeMap<>(Comparator.comparing(Served::endpoint).thenComparing(Served::status));
        sorted.putAll(requests);
        sorted.forEach((served, count) -> {
            Map<String, String> labels = new LinkedHashMap<>();
            labels.put("endpoint", served.endpoint().word());
            labels.put("code", String.valueOf(served.status()));
            out.value(labels, count.sum());
        });
        long[] counts = new long[took.length()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = took.get(i);
        }
        out.histogram(
                "converge_serve_request_duration_seconds",
                "How long it took until an answer was ready.",
                BOUNDS,
                counts,
                micros.sum());
    }

    private void renders(Exposition out, Renders current) {
        out.counter("converge_serve_renders_total", "Renders by what came of them.")
                .value("result", "rendered", rendered.sum())
                .value("result", "failed", failed.sum());
        out.counter("converge_serve_render_hits_total", "Requests whose render was there already.")
                .value(hits.sum());
        out.gauge("converge_serve_renders_in_hand", "Renders that are being made, or wait to be.")
                .value(current.waiting());
        out.gauge("converge_serve_renders_bytes", "Size of the renders that are kept.")
                .value(current.bytes());
    }
}
