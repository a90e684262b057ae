package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.IoReason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

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

    /** Writes the figures of now; listens, if somebody else had the port until now. */
    synchronized void publish() {
        try {
            if (settings.listen().isPresent() && server.isEmpty()) {
                server = Optional.of(LoopbackServer.start(settings.listen().get(), "/metrics", TYPE, text));
            }
            if (settings.textfile().isPresent()) {
                Textfile.write(settings.textfile().get(), text.get());
            }
            if (problem.isPresent()) {
                problem = Optional.empty();
                log.better("prometheus");
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void fail(IOException e) {
        boolean port = settings.listen().isPresent() && server.isEmpty();
        IoReason reason = IoReason.of(e);
        Diagnostic now = Diagnostic.warning(
                        Code.STATE,
                        "Metrics not published",
                        port ? "Port " + settings.listen().get() + ": " + reason.sentence() : reason.sentence())
                .suggest(
                        port
                                ? "Look who listens there with ss -ltnp, or write another port."
                                : "Make the folder " + folder() + ", or write another textfile.");
        if (!problem.equals(Optional.of(now))) {
            problem = Optional.of(now);
            log.say("prometheus", now);
        }
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
