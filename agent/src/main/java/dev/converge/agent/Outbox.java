package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.output.JsonReport;
import dev.converge.report.IoReason;
import dev.converge.report.Run;
import dev.converge.sink.Heartbeat;
import dev.converge.sink.Occasion;
import dev.converge.sink.SentReport;
import dev.converge.sink.SinkLog;
import dev.converge.sink.SinkState;
import dev.converge.sink.Sinks;
import dev.converge.source.SiteCopy;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agent tells its sinks of its runs. */
final class Outbox implements AutoCloseable {
    private final AgentSettings settings;
    private final String host;
    private final AgentLog log;
    private final Sinks sinks;

    Outbox(Machine machine, AgentSettings settings, String host, AgentLog log) {
        this.settings = settings;
        this.host = host;
        this.log = log;
        this.sinks = Sinks.open(
                settings.reports(),
                machine.state().path(),
                machine.types(),
                settings.schedule().interval(),
                new Heard());
    }

    private final class Heard implements SinkLog {
        @Override
        public void say(String sink, Diagnostic problem) {
            log.write(LogLevel.WARNING, LogEvent.PROBLEM, "Reports to " + sink + ": " + LogText.of(problem));
        }

        @Override
        public void better(String sink) {
            log.write(LogLevel.INFO, LogEvent.PROBLEM, "Reports to " + sink + " go out again");
        }
    }

    /** @param noticed when the first event came that led to the run */
    void ran(Runner.Made made, boolean whole, Optional<Instant> noticed) {
        AgentRun run = made.run();
        Occasion occasion = new Occasion(
                run.trigger().word(),
                settings.conduct().environment(),
                run.site().map(SiteCopy::commit),
                run.site().flatMap(SiteCopy::signer),
                noticed,
                whole);
        Run id = run.report().map(report -> report.run()).orElseGet(() -> Run.begin(host));
        sinks.report(new SentReport(id, run.report(), made.secrets(), occasion, run.problems()));
    }

    void fetched(boolean reached) {
        sinks.fetched(reached);
    }

    /** A disabled agent lives, too. */
    void rests(Optional<SiteCopy> commit, Switch.Disabled why) {
        sinks.heartbeat(new Heartbeat(
                Run.begin(host),
                settings.conduct().environment(),
                commit.map(SiteCopy::commit),
                Optional.of(why.reason())));
    }

    void switched(boolean disabled) {
        sinks.disabled(disabled);
    }

    /** For programs. */
    List<Object> states() {
        List<Object> all = new ArrayList<>();
        for (SinkState state : sinks.states()) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("name", state.name());
            tree.put("sent", state.tally().sent());
            tree.put("waiting", state.waiting());
            tree.put("dropped", state.tally().dropped());
            tree.put("refused", state.tally().refused());
            state.lastSent().ifPresent(time -> tree.put("lastSent", time.toString()));
            state.problem()
                    .ifPresent(problem -> tree.put(
                            "problem", JsonReport.messages(List.of(problem)).get(0)));
            all.add(tree);
        }
        return all;
    }

    @Override
    public void close() {
        try {
            sinks.close();
        } catch (IOException e) {
            log.write(LogLevel.WARNING, LogEvent.PROBLEM, IoReason.of(e).sentence());
        }
    }
}
