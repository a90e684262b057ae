package dev.converge.sink;

import dev.converge.report.Counts;
import dev.converge.report.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The agent's figures for Prometheus, by the names that its documentation recommends. */
final class Metrics {
    /** A label has no more values than these, whatever types a site has: each is a series of its own. */
    private static final int MOST_TYPES = 25;

    private static final String OTHER = "other";

    private final Map<Map<String, String>, Long> runs = new LinkedHashMap<>();
    private final Map<String, Long> restored = new TreeMap<>();
    private Map<String, Long> drifted = Map.of();
    private Map<String, Duration> phases = Map.of();
    private Optional<Counts> counts = Optional.empty();
    private Optional<Instant> began = Optional.empty();
    private Optional<Instant> succeeded = Optional.empty();
    private Optional<Instant> oldestDrift = Optional.empty();
    private Optional<Instant> fetched = Optional.empty();
    private String environment = "";
    private String commit = "";
    private long fetchFailures;
    private boolean refused;
    private boolean disabled;

    synchronized void ran(SentReport sent, List<Drift> drift) {
        about(sent.occasion().environment(), sent.occasion().commit());
        began = Optional.of(sent.run().started());
        refused = sent.report().isEmpty();
        sent.report().ifPresent(report -> {
            phases = report.phases();
            if (sent.occasion().whole()) {
                counts = Optional.of(report.counts());
            }
            if (report.counts().failed() == 0 && !report.interrupted()) {
                succeeded = began;
            }
        });
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("trigger", sent.occasion().trigger());
        labels.put("result", sent.report().map(Metrics::result).orElse("refused"));
        runs.merge(labels, 1L, Long::sum);
        drift.stream()
                .filter(one -> one.state() == Drift.State.RESTORED)
                .forEach(one -> restored.merge(bounded(one.type()), 1L, Long::sum));
    }

    private static String result(Report report) {
        if (report.counts().failed() > 0 || report.interrupted()) {
            return "failed";
        }
        if (report.counts().changed() > 0) {
            return "changed";
        }
        return report.counts().pending() > 0 ? "pending" : "in_sync";
    }

    private String bounded(String type) {
        return restored.containsKey(type) || restored.size() < MOST_TYPES ? type : OTHER;
    }

    /** @param open what is not as it should be now */
    synchronized void drifting(List<Drift> open) {
        Map<String, Long> all = new TreeMap<>();
        open.forEach(drift -> all.merge(drift.type(), 1L, Long::sum));
        Map<String, Long> most = new TreeMap<>();
        all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry ->
                        most.merge(most.size() < MOST_TYPES ? entry.getKey() : OTHER, entry.getValue(), Long::sum));
        drifted = most;
        oldestDrift = open.stream().map(Drift::since).min(Comparator.naturalOrder());
    }

    synchronized void about(String named, Optional<String> inForce) {
        environment = named;
        commit = inForce.orElse("");
    }

    synchronized void fetched(boolean reached) {
        if (reached) {
            fetched = Optional.of(Instant.now());
        } else {
            fetchFailures++;
        }
    }

    synchronized void disabled(boolean now) {
        disabled = now;
    }

    /** All of them. */
    synchronized String text(List<SinkState> sinks) {
        Exposition out = new Exposition();
        Map<String, String> info = new LinkedHashMap<>();
        info.put("version", Version.OURS);
        info.put("environment", environment);
        info.put("commit", commit);
        out.gauge("converge_info", "Which Converge holds this host to which commit.")
                .value(info, 1);
        out.gauge("converge_disabled", "Whether somebody has disabled the agent.")
                .value(disabled ? 1 : 0);
        runs(out);
        resources(out);
        out.counter("converge_fetch_failures_total", "How often the site could not be fetched.")
                .value(fetchFailures);
        out.gauge("converge_fetch_success_timestamp_seconds", "When the site was last fetched.")
                .value(fetched);
        sinks(out, sinks);
        return out.toString();
    }

    private void runs(Exposition out) {
        out.gauge("converge_run_timestamp_seconds", "When the last run began.").value(began);
        out.gauge("converge_run_success_timestamp_seconds", "When the last run began in which nothing failed.")
                .value(succeeded);
        out.gauge("converge_run_refused", "Whether the last run could not begin, such as for a bad manifest.")
                .value(refused ? 1 : 0);
        out.gauge("converge_run_duration_seconds", "How long each part of the last run took.");
        phases.forEach((phase, took) -> out.value("phase", phase, took));
        out.counter("converge_runs_total", "Runs by what they came from and what came of them.");
        runs.forEach(out::value);
    }

    private void resources(Exposition out) {
        out.gauge("converge_resources", "Resources by what came of them, in the last run that looked at all.");
        counts.ifPresent(known -> out.value("outcome", "in_sync", known.inSync())
                .value("outcome", "changed", known.changed())
                .value("outcome", "pending", known.pending())
                .value("outcome", "failed", known.failed())
                .value("outcome", "skipped", known.skipped()));
        out.gauge("converge_drift_resources", "Resources that are not as the manifest says, by their type.");
        drifted.forEach((type, count) -> out.value("type", type, count));
        out.gauge("converge_drift_oldest_timestamp_seconds", "When the oldest drift that is still there was noticed.")
                .value(oldestDrift);
        out.counter("converge_drift_restored_total", "Drift that was put right, by the type of resource.");
        restored.forEach((type, count) -> out.value("type", type, count));
    }

    private static void sinks(Exposition out, List<SinkState> sinks) {
        out.gauge("converge_sink_spool_reports", "Reports that wait.");
        each(out, sinks, SinkState::waiting);
        out.gauge("converge_sink_spool_bytes", "Size of the reports that wait.");
        each(out, sinks, SinkState::waitingBytes);
        out.gauge("converge_sink_failing", "Whether something is wrong with it now.");
        each(out, sinks, sink -> sink.problem().isPresent() ? 1 : 0);
        out.counter("converge_sink_reports_sent_total", "Reports that it has taken.");
        each(out, sinks, sink -> sink.tally().sent());
        out.counter("converge_sink_failures_total", "Tries that came to nothing.");
        each(out, sinks, sink -> sink.tally().failed());
        out.counter("converge_sink_reports_dropped_total", "Reports that were lost for want of room or time.");
        each(out, sinks, sink -> sink.tally().dropped());
        out.counter("converge_sink_reports_refused_total", "Reports that were set aside since it never takes them.");
        each(out, sinks, sink -> sink.tally().refused());
    }

    private static void each(Exposition out, List<SinkState> sinks, ToLongFunction<SinkState> figure) {
        sinks.forEach(sink -> out.value("sink", sink.name(), figure.applyAsLong(sink)));
    }
}
