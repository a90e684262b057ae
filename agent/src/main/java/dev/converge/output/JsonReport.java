package dev.converge.output;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.provider.Refresh;
import dev.converge.report.Caller;
import dev.converge.report.CommandRun;
import dev.converge.report.Counts;
import dev.converge.report.Origin;
import dev.converge.report.Outcome;
import dev.converge.report.Outcome.Because;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.RunKind;
import dev.converge.report.Unmanaged;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.TypeRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run for programs, as {@code docs/report.md} describes it; secrets are masked. */
public final class JsonReport {
    /** Which form the document has; a change that old readers would misread makes it another one. */
    public static final String SCHEMA = "converge.report/1";

    private final ChangeJson changes;
    private final DiagnosticJson diagnostics;
    private final Redactor redactor;

    public JsonReport(TypeRegistry types, List<Secret> secrets) {
        this.redactor = Redactor.of(secrets);
        this.changes = new ChangeJson(types, redactor);
        this.diagnostics = new DiagnosticJson(redactor);
    }

    /** A run that did not come to pass, because of what the diagnostics say. */
    public static Map<String, Object> refused(List<Diagnostic> why, boolean dryRun, int exit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("dryRun", dryRun);
        tree.put("exit", exit);
        tree.put("resources", List.of());
        tree.put("diagnostics", new DiagnosticJson(Redactor.of(List.of())).all(why));
        return tree;
    }

    /** Diagnostics that hold no secret of a manifest. */
    public static List<Object> messages(List<Diagnostic> all) {
        return List.copyOf(new DiagnosticJson(Redactor.of(List.of())).all(all));
    }

    /** The whole document. */
    public Map<String, Object> of(Report report, int exit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("run", report.run().id());
        tree.put("host", report.run().host());
        tree.put("started", report.run().started().toString());
        report.caller().ifPresent(caller -> caller(caller, tree));
        report.origin().ifPresent(origin -> tree.put("origin", origin(origin)));
        tree.put("dryRun", report.kind() == RunKind.DRY_RUN);
        tree.put("interrupted", report.interrupted());
        tree.put("exit", exit);
        tree.put("counts", counts(report.counts()));
        Map<String, Object> phases = new LinkedHashMap<>();
        report.phases().forEach((phase, took) -> phases.put(phase, Figures.seconds(took)));
        tree.put("seconds", phases);
        List<Object> resources = new ArrayList<>();
        report.resources().forEach(resource -> resources.add(resource(resource)));
        tree.put("resources", resources);
        commands(report.commands(), tree);
        if (!report.noLongerManaged().isEmpty()) {
            tree.put(
                    "noLongerManaged",
                    report.noLongerManaged().stream().map(JsonReport::unmanaged).toList());
        }
        tree.put("diagnostics", diagnostics.all(report.messages()));
        return tree;
    }

    private void caller(Caller caller, Map<String, Object> tree) {
        tree.put("version", caller.version());
        tree.put("command", redactor.redact(caller.command()));
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("uid", caller.uid());
        user.put("name", caller.user());
        caller.sudo().ifPresent(name -> user.put("sudo", name));
        tree.put("user", user);
    }

    private void commands(List<CommandRun> commands, Map<String, Object> tree) {
        if (commands.isEmpty()) {
            return;
        }
        List<Object> all = new ArrayList<>();
        for (CommandRun run : commands) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("command", CommandText.shown(run, redactor));
            one.put("exit", run.exit());
            one.put("seconds", Figures.seconds(run.took()));
            if (run.timedOut()) {
                one.put("timedOut", true);
            }
            all.add(one);
        }
        tree.put("commands", all);
    }

    /** What a catalog was made from. */
    public static Map<String, Object> origin(Origin origin) {
        Map<String, Object> tree = new LinkedHashMap<>();
        origin.commit().ifPresent(commit -> tree.put("commit", commit));
        origin.modified().ifPresent(modified -> tree.put("modified", modified));
        tree.put("sources", origin.sources());
        tree.put("facts", origin.facts());
        origin.data().ifPresent(data -> tree.put("data", data));
        return tree;
    }

    private static Map<String, Object> unmanaged(Unmanaged one) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", one.id().toString());
        tree.put("place", one.place());
        one.commit().ifPresent(commit -> tree.put("commit", commit));
        return tree;
    }

    /** How many resources ended how. */
    public static Map<String, Object> counts(Counts counts) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("inSync", counts.inSync());
        tree.put("changed", counts.changed());
        tree.put("pending", counts.pending());
        tree.put("failed", counts.failed());
        tree.put("skipped", counts.skipped());
        return tree;
    }

    private Map<String, Object> resource(ResourceReport report) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", report.declared().id().toString());
        tree.put("outcome", word(report.outcome()));
        details(report, tree);
        if (!report.tries().isEmpty()) {
            tree.put("tries", report.tries().stream().map(redactor::redact).toList());
        }
        report.causes().ifPresent(causes -> {
            tree.put("cause", ChangeJson.word(causes.whole()));
            tree.put("corrective", causes.whole().isCorrective());
        });
        commands(report.commands(), tree);
        tree.put("source", CatalogJson.source(report.declared().source()));
        tree.put("start", Figures.seconds(report.startedAfter()));
        tree.put("seconds", Figures.seconds(report.took()));
        return tree;
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.InSync || outcome instanceof Outcome.NotRefreshed) {
            return "in-sync";
        }
        if (outcome instanceof Outcome.Changed) {
            return "changed";
        }
        if (outcome instanceof Outcome.Refreshed) {
            return "refreshed";
        }
        if (outcome instanceof Outcome.Pending) {
            return "pending";
        }
        if (outcome instanceof Outcome.PendingRefresh) {
            return "pending-refresh";
        }
        return outcome instanceof Outcome.Failed ? "failed" : "skipped";
    }

    private void details(ResourceReport report, Map<String, Object> tree) {
        Outcome outcome = report.outcome();
        if (outcome instanceof Outcome.InSync inSync) {
            inSync.message().ifPresent(message -> tree.put("message", redactor.redact(message.toString())));
        } else if (outcome instanceof Outcome.Changed changed) {
            changes.put(changed.change(), report.causes(), tree);
            refresh(changed.refresh(), tree);
        } else if (outcome instanceof Outcome.Pending pending) {
            changes.put(pending.change(), report.causes(), tree);
            refresh(pending.refresh(), tree);
            pending.once().ifPresent(id -> tree.put("once", id.toString()));
            pending.hold().ifPresent(hold -> tree.put("waits", HoldJson.of(hold)));
        } else if (outcome instanceof Outcome.PendingRefresh pending) {
            pending.hold().ifPresent(hold -> tree.put("waits", HoldJson.of(hold)));
        } else if (outcome instanceof Outcome.Failed failed) {
            failed.made().ifPresent(change -> changes.put(change, report.causes(), tree));
            tree.put("diagnostic", diagnostics.one(failed.diagnostic()));
            failed.trace().ifPresent(trace -> tree.put("trace", redactor.redact(trace)));
        } else if (outcome instanceof Outcome.NotRefreshed not) {
            tree.put("notRefreshed", redactor.redact(not.because()));
        } else if (outcome instanceof Outcome.Skipped skipped) {
            tree.put("because", because(skipped.because()));
        }
    }

    private void refresh(Optional<Refresh> refresh, Map<String, Object> tree) {
        tree.put("refreshed", refresh.filter(Refresh::isDone).isPresent());
        refresh.flatMap(Refresh::skipped).ifPresent(because -> tree.put("notRefreshed", redactor.redact(because)));
    }

    private static String reason(Because because) {
        if (because instanceof Because.NotTagged) {
            return "not-tagged";
        }
        return because instanceof Because.TimeLimit ? "time-limit" : "interrupted";
    }

    private static Map<String, Object> because(Because because) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (because instanceof Because.DependencyFailed failed) {
            tree.put("reason", "dependency-failed");
            tree.put("id", failed.id().toString());
        } else {
            tree.put("reason", reason(because));
        }
        return tree;
    }
}
