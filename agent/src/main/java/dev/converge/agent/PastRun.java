package dev.converge.agent;

import dev.converge.output.JsonReport;
import dev.converge.report.Report;
import dev.converge.schema.JsonTree;
import dev.converge.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is over, in a few numbers.
 *
 * @param id of its report
 * @param trigger what it came from, when that is known
 * @param exit as with {@code --detailed-exitcode}
 * @param counts how many resources ended how; empty when it could not begin
 */
record PastRun(
        Optional<String> id,
        Optional<Trigger> trigger,
        Instant began,
        Duration took,
        int exit,
        Map<String, Object> counts) {
    private static final List<String> COUNTS = List.of("inSync", "changed", "pending", "failed", "skipped");

    static PastRun of(AgentRun run) {
        return new PastRun(
                run.report().map(report -> report.run().id()),
                Optional.of(run.trigger()),
                run.began(),
                run.took(),
                run.exit(true),
                run.report().map(Report::counts).map(JsonReport::counts).orElse(Map.of()));
    }

    /** The last one of all resources that is remembered on disk, the agent's or one by hand. */
    static Optional<PastRun> remembered(StateDirectory state) {
        try {
            return JsonTree.object(Files.readString(state.lastRun())).flatMap(PastRun::parse);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<PastRun> parse(Map<String, Object> summary) {
        boolean whole = summary.get("started") instanceof Number
                && summary.get("ended") instanceof Number
                && summary.get("exit") instanceof Number;
        if (!whole) {
            return Optional.empty();
        }
        Map<String, Object> counts = new LinkedHashMap<>(summary);
        counts.keySet().retainAll(COUNTS);
        long started = number(summary, "started");
        return Optional.of(new PastRun(
                Optional.ofNullable(summary.get("run")).map(String::valueOf),
                Optional.empty(),
                Instant.ofEpochSecond(started),
                Duration.ofSeconds(number(summary, "ended") - started),
                (int) number(summary, "exit"),
                counts));
    }

    private static long number(Map<String, Object> summary, String key) {
        return ((Number) summary.get(key)).longValue();
    }

    /** For programs. */
    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        id.ifPresent(known -> tree.put("run", known));
        trigger.ifPresent(known -> tree.put("trigger", known.word()));
        tree.put("started", began.toString());
        tree.put("seconds", took.toMillis() / 1000.0);
        tree.put("exit", exit);
        if (!counts.isEmpty()) {
            tree.put("counts", counts);
        }
        return tree;
    }
}
