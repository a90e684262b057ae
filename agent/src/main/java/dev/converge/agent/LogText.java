package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Redactor;
import dev.converge.report.Counts;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** What the log says of runs and of problems, a line for each. */
final class LogText {
    /** More of one run would bury what else is in the log; the report has them all. */
    private static final int MOST = 100;

    private LogText() {}

    static String of(Diagnostic problem) {
        String place = problem.at().map(at -> at + ": ").orElse("");
        return place + problem.summary() + ": " + problem.detail()
                + problem.suggestion().map(advice -> " " + advice).orElse("");
    }

    /** A run, with each resource of it that was not in sync. */
    static void of(AgentRun run, Redactor secrets, AgentLog log) {
        Map<String, String> fields = fields(run);
        if (run.report().isEmpty()) {
            log.write(LogLevel.ERROR, LogEvent.RUN_FAILED, "No run: " + result(run), fields);
            return;
        }
        Report report = run.report().get();
        List<ResourceReport> told =
                report.resources().stream().filter(LogText::isTold).toList();
        for (ResourceReport resource : told.subList(0, Math.min(told.size(), MOST))) {
            of(resource, fields, (level, event, text, all) -> log.write(level, event, secrets.redact(text), all));
        }
        if (told.size() > MOST) {
            log.write(LogLevel.INFO, LogEvent.RUN, "and " + (told.size() - MOST) + " more resources", fields);
        }
        boolean failed = report.counts().failed() > 0;
        boolean quiet = run.trigger() == Trigger.DRIFT && report.allInSync();
        LogLevel usual = quiet ? LogLevel.DEBUG : LogLevel.INFO;
        log.write(
                failed ? LogLevel.WARNING : usual,
                failed ? LogEvent.RUN_FAILED : LogEvent.RUN,
                "Run (" + run.trigger().word() + "): " + result(run),
                fields);
    }

    private static boolean isTold(ResourceReport resource) {
        Outcome outcome = resource.outcome();
        return outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Changed
                || outcome instanceof Outcome.Refreshed
                || outcome instanceof Outcome.Pending;
    }

    private static void of(ResourceReport resource, Map<String, String> run, AgentLog log) {
        Map<String, String> fields = new LinkedHashMap<>(run);
        String id = resource.declared().id().toString();
        fields.put("CONVERGE_RESOURCE", id);
        if (resource.outcome() instanceof Outcome.Failed failed) {
            log.write(
                    LogLevel.WARNING,
                    LogEvent.RUN_FAILED,
                    id + " failed: " + failed.diagnostic().detail(),
                    fields);
        } else if (resource.outcome() instanceof Outcome.Changed) {
            log.write(LogLevel.INFO, LogEvent.RUN, id + " changed", fields);
        } else if (resource.outcome() instanceof Outcome.Refreshed) {
            log.write(LogLevel.INFO, LogEvent.RUN, id + " refreshed", fields);
        } else {
            log.write(LogLevel.INFO, LogEvent.RUN, id + " would change", fields);
        }
    }

    private static Map<String, String> fields(AgentRun run) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("CONVERGE_TRIGGER", run.trigger().word());
        run.site().ifPresent(site -> fields.put("CONVERGE_COMMIT", site.commit()));
        run.report().ifPresent(report -> fields.put("CONVERGE_RUN", report.run().id()));
        fields.put("CONVERGE_EXIT", String.valueOf(run.exit(true)));
        return fields;
    }

    /** What came of it, in a few words. */
    static String result(AgentRun run) {
        if (run.report().isEmpty()) {
            return run.problems().isEmpty()
                    ? "no commit yet"
                    : run.problems().get(0).summary();
        }
        Counts counts = run.report().get().counts();
        List<String> parts = new ArrayList<>(List.of("in sync " + counts.inSync()));
        add(counts.changed(), "changed", parts);
        add(counts.pending(), "pending", parts);
        add(counts.failed(), "failed", parts);
        add(counts.skipped(), "skipped", parts);
        StringJoiner text = new StringJoiner(", ");
        parts.forEach(text::add);
        return text.toString();
    }

    private static void add(int count, String what, List<String> parts) {
        if (count > 0) {
            parts.add(what + " " + count);
        }
    }
}
