package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import dev.converge.schema.JsonText;
import dev.converge.schema.TypeRegistry;
import dev.converge.sink.SinkState.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Where the agent's reports go. A run in which something has happened is told at length; any other is a heartbeat, at most
 * one each interval. Sending is on threads of the sinks' own: a run waits for none of them. What is to be sent to a server
 * is on disk before {@link #report} returns.
 */
public final class Sinks implements AutoCloseable {
    private final AgentJson documents;
    private final SinkLog log;
    private final DriftLedger ledger;
    private final Duration interval;
    private final List<Sink> sinks = new CopyOnWriteArrayList<>();
    private final List<MetricsSink> published = new CopyOnWriteArrayList<>();
    private final Metrics metrics = new Metrics();
    private final Set<String> spools = new HashSet<>();
    private OldSpools old = OldSpools.NONE;
    private Optional<LastRun> last = Optional.empty();
    private Optional<Long> lastBeat = Optional.empty();

    private Sinks(Path folder, TypeRegistry types, Duration interval, SinkLog log) {
        this.documents = new AgentJson(types);
        this.ledger = DriftLedger.open(folder.resolve("drift.json"));
        this.interval = interval;
        this.log = log;
    }

    /**
     * Begins to send, with what an earlier process has left.
     *
     * @param stateDir where reports wait, and what has drifted is kept
     * @param interval how long is at least between heartbeats
     * @param log hears how the sinks are doing
     */
    public static Sinks open(
            List<SinkSettings> settings, Path stateDir, TypeRegistry types, Duration interval, SinkLog log) {
        return open(settings, stateDir, types, interval, log, Backoff.USUAL);
    }

    static Sinks open(
            List<SinkSettings> settings,
            Path stateDir,
            TypeRegistry types,
            Duration interval,
            SinkLog log,
            Backoff backoff) {
        Path folder = stateDir.resolve("sinks");
        Sinks all = new Sinks(folder, types, interval, log);
        all.metrics.drifting(all.ledger.open());
        settings.forEach(one -> all.start(one, stateDir, backoff));
        all.old = OldSpools.find(folder, all.spools);
        all.old.states().stream()
                .flatMap(state -> state.problem().stream().map(problem -> Map.entry(state.name(), problem)))
                .forEach(found -> log.say(found.getKey(), found.getValue()));
        return all;
    }

    private void start(SinkSettings settings, Path stateDir, Backoff backoff) {
        SinkLog heard = new Publishing(log);
        if (settings instanceof SinkSettings.HttpSink http) {
            Path spool = stateDir.resolve("sinks").resolve(SpoolName.of(http.url(), spools));
            spools.add(spool.getFileName().toString());
            sinks.add(Courier.start(http, spool, backoff, heard));
        } else if (settings instanceof SinkSettings.FileSink file) {
            ReportFolder folder =
                    new ReportFolder(file, stateDir.resolve("sinks").resolve("reports"));
            sinks.add(Errands.start(folder.folder().toString(), folder, heard));
        } else if (settings instanceof SinkSettings.CommandSink command) {
            String name = command.command().get(0);
            sinks.add(Errands.start(name, new ReportProgram(command), heard));
        } else if (settings instanceof SinkSettings.PrometheusSink prometheus) {
            published.add(MetricsSink.start(prometheus, this::metrics, log));
        }
    }

    /** Figures are published anew when a sink has moved. */
    private final class Publishing implements SinkLog {
        private final SinkLog log;

        Publishing(SinkLog log) {
            this.log = log;
        }

        @Override
        public void say(String sink, Diagnostic problem) {
            log.say(sink, problem);
        }

        @Override
        public void better(String sink) {
            log.better(sink);
        }

        @Override
        public void moved() {
            publish();
            log.moved();
        }
    }

    /** Tells of a run: at length when something has happened, else as a heartbeat. */
    public synchronized void report(SentReport sent) {
        Map<String, Object> tree = documents.run(sent);
        DriftLedger.Findings found = ledger.take(sent, tree);
        found.unkept().ifPresent(this::notKept);
        metrics.ran(sent, found.drift());
        metrics.drifting(ledger.open());
        sent.report()
                .filter(report -> sent.occasion().whole())
                .ifPresent(report -> last = Optional.of(new LastRun(sent.run().id(), sent.exit(), report.counts())));
        if (!found.news()) {
            Occasion occasion = sent.occasion();
            heartbeat(new Heartbeat(sent.run(), occasion.environment(), occasion.commit(), Optional.empty()));
            return;
        }
        send(sent, tree, found.drift());
        publish();
    }

    private void notKept(IOException e) {
        IoReason reason = IoReason.of(e);
        log.say(
                "drift",
                Diagnostic.warning(Code.STATE, "Drift is not remembered", reason.sentence())
                        .suggest(reason.advice()));
    }

    private void send(SentReport sent, Map<String, Object> tree, List<Drift> drift) {
        Map<Sink, Lost> lost = new LinkedHashMap<>();
        sinks.forEach(sink -> lost.put(sink, sink.lost()));
        Map<String, Lost> told = new LinkedHashMap<>();
        lost.forEach((sink, what) -> {
            if (!what.isNothing()) {
                told.put(sink.state().name(), what);
            }
        });
        Map<String, Object> whole = new LinkedHashMap<>();
        Map<String, Object> agent = AgentJson.agent(sent, drift, told);
        tree.forEach((name, value) -> {
            if (name.equals("dryRun")) {
                whole.put("agent", agent);
            }
            whole.put(name, value);
        });
        Document document = Document.of(sent.run().host(), sent.run().id(), "report", text(whole));
        lost.forEach((sink, what) -> sink.report(document, what));
    }

    private static String text(Map<String, Object> tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonText.write(tree, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Tells that the agent lives; not more often than each interval. */
    public synchronized void heartbeat(Heartbeat beat) {
        metrics.about(beat.environment(), beat.commit());
        metrics.disabled(beat.disabled().isPresent());
        long now = System.nanoTime();
        if (lastBeat.isEmpty() || now - lastBeat.get() >= interval.toNanos()) {
            lastBeat = Optional.of(now);
            old.expire();
            int waiting =
                    sinks.stream().mapToInt(sink -> sink.state().waiting()).sum();
            Map<String, Object> tree =
                    AgentJson.heartbeat(beat, last, ledger.open().size(), waiting);
            Document document =
                    Document.of(beat.run().host(), beat.run().id(), "heartbeat", JsonText.line(tree) + "\n");
            sinks.forEach(sink -> sink.heartbeat(document));
        }
        publish();
    }

    /** Somebody has disabled the agent, or enabled it again: the metrics say so from now on. */
    public void disabled(boolean now) {
        metrics.disabled(now);
        publish();
    }

    /** The site was asked for: the metrics say whether the remote has answered. */
    public void fetched(boolean reached) {
        metrics.fetched(reached);
        publish();
    }

    private void publish() {
        published.forEach(MetricsSink::publish);
    }

    private String metrics() {
        return metrics.text(sinks.stream().map(Sink::state).toList());
    }

    /** How they are doing. */
    public List<SinkState> states() {
        List<SinkState> all = new ArrayList<>();
        sinks.forEach(sink -> all.add(sink.state()));
        published.forEach(metric ->
                all.add(new SinkState("prometheus", new Tally(0, 0, 0, 0), 0, 0, Optional.empty(), metric.problem())));
        all.addAll(old.states());
        return all;
    }

    /** The port on which metrics are read, if they are. */
    Optional<Integer> port() {
        return published.stream()
                .map(MetricsSink::port)
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Ends soon: what can be sent at once is; what waits for a server goes out next time. */
    @Override
    public void close() throws IOException {
        sinks.forEach(Sink::close);
        publish();
        for (MetricsSink metric : published) {
            metric.close();
        }
    }
}
