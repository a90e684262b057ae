package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lets Prometheus have the figures: in a file for node_exporter, on a port of the loopback, or both. */
final class MetricsSink implements AutoCloseable {
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final SinkSettings.PrometheusSink settings;
    private final Supplier<String> text;
    private final SinkLog log;
    private Optional<LoopbackServer> server = Optional.empty();
    private Optional<Diagnostic> problem = Optional.empty();

    private MetricsSink(SinkSettings.PrometheusSink settings, Supplier<String> text, SinkLog log) {
        this.settings = settings;
        this.text = text;
        this.log = log;
    }

    /** @param text gives the figures of the moment */
    static MetricsSink start(SinkSettings.PrometheusSink settings, Supplier<String> text, SinkLog log) {
        MetricsSink sink = new MetricsSink(settings, text, log);
        sink.publish();
        return sink;
    }

    /** Writes the figures of now; listens, if somebody else had the port until now. Neither waits for the other. */
    synchronized void publish() {
        List<Trouble> met = new ArrayList<>();
        listen().ifPresent(met::add);
        write().ifPresent(met::add);
        Optional<Diagnostic> now = met.isEmpty() ? Optional.empty() : Optional.of(told(met));
        if (now.isPresent() && !now.equals(problem)) {
            log.say("prometheus", now.get());
        } else if (now.isEmpty() && problem.isPresent()) {
            log.better("prometheus");
        }
        problem = now;
    }

    private record Trouble(String what, String advice) {}

    private Optional<Trouble> listen() {
        if (settings.listen().isEmpty() || server.isPresent()) {
            return Optional.empty();
        }
        int port = settings.listen().get();
        try {
            server = Optional.of(LoopbackServer.start(port, "/metrics", TYPE, text));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Trouble(
                    "Port " + port + ": " + IoReason.of(e).sentence(),
                    "Look who listens there with ss -ltnp, or write another port."));
        }
    }

    private Optional<Trouble> write() {
        if (settings.textfile().isEmpty()) {
            return Optional.empty();
        }
        try {
            Textfile.write(settings.textfile().get(), text.get());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Trouble(
                    IoReason.of(e).sentence(), "Make the folder " + folder() + ", or write another textfile."));
        }
    }

    private static Diagnostic told(List<Trouble> met) {
        String what = met.stream().map(Trouble::what).collect(Collectors.joining(" "));
        String advice = met.stream().map(Trouble::advice).collect(Collectors.joining(" "));
        return Diagnostic.warning(Code.STATE, "Metrics not published", what).suggest(advice);
    }

    private String folder() {
        return settings.textfile().map(Path::getParent).map(Path::toString).orElse("");
    }

    /** Where it listens, once it does. */
    synchronized Optional<Integer> port() {
        return server.map(LoopbackServer::port);
    }

    synchronized Optional<Diagnostic> problem() {
        return problem;
    }

    @Override
    public synchronized void close() throws IOException {
        if (server.isPresent()) {
            server.get().close();
        }
    }
}
