package dev.converge.output;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Content;
import dev.converge.model.Redactor;
import dev.converge.model.Secret;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Refresh;
import dev.converge.report.Counts;
import dev.converge.report.Outcome;
import dev.converge.report.Outcome.Because;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.RunKind;
import dev.converge.schema.CatalogJson;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A run for programs, as {@code docs/report.md} describes it; secrets are masked. */
public final class JsonReport {
    /** Which form the document has; a change that old readers would misread makes it another one. */
    public static final String SCHEMA = "converge.report/1";

    private final ChangeText changes;
    private final DiagnosticJson diagnostics;
    private final Redactor redactor;

    public JsonReport(TypeRegistry types, List<Secret> secrets) {
        this.redactor = Redactor.of(secrets);
        this.changes = new ChangeText(types, redactor);
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

    /** The whole document. */
    public Map<String, Object> of(Report report, int exit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("schema", SCHEMA);
        tree.put("run", report.run().id());
        tree.put("host", report.run().host());
        tree.put("started", report.run().started().toString());
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
        tree.put("diagnostics", diagnostics.all(report.messages()));
        return tree;
    }

    private static Map<String, Object> counts(Counts counts) {
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
        details(report.outcome(), tree);
        tree.put("source", CatalogJson.source(report.declared().source()));
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

    private void details(Outcome outcome, Map<String, Object> tree) {
        if (outcome instanceof Outcome.InSync inSync) {
            inSync.message().ifPresent(message -> tree.put("message", redactor.redact(message.toString())));
        } else if (outcome instanceof Outcome.Changed changed) {
            change(changed.change(), tree);
            refresh(changed.refresh(), tree);
        } else if (outcome instanceof Outcome.Pending pending) {
            change(pending.change(), tree);
            refresh(pending.refresh(), tree);
            pending.once().ifPresent(id -> tree.put("once", id.toString()));
        } else if (outcome instanceof Outcome.Failed failed) {
            failed.made().ifPresent(change -> change(change, tree));
            tree.put("diagnostic", diagnostics.one(failed.diagnostic()));
        } else if (outcome instanceof Outcome.NotRefreshed not) {
            tree.put("notRefreshed", not.because());
        } else if (outcome instanceof Outcome.Skipped skipped) {
            tree.put("because", because(skipped.because()));
        }
    }

    private static void refresh(Optional<Refresh> refresh, Map<String, Object> tree) {
        tree.put("refreshed", refresh.filter(Refresh::isDone).isPresent());
        refresh.flatMap(Refresh::skipped).ifPresent(because -> tree.put("notRefreshed", because));
    }

    private static Map<String, Object> because(Because because) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (because instanceof Because.DependencyFailed failed) {
            tree.put("reason", "dependency-failed");
            tree.put("id", failed.id().toString());
        } else {
            tree.put("reason", because instanceof Because.NotTagged ? "not-tagged" : "interrupted");
        }
        return tree;
    }

    private void change(Change<?> change, Map<String, Object> tree) {
        tree.put("action", change.action().name().toLowerCase(Locale.ROOT));
        List<Object> attributes = new ArrayList<>();
        change.attributes().forEach(attribute -> attributes.add(attribute(attribute)));
        tree.put("attributes", attributes);
        if (change.recreates()) {
            tree.put("recreated", true);
        }
        List<String> diff = changes.wholeDiff(change);
        if (!diff.isEmpty()) {
            tree.put("diff", text(diff));
        }
        if (!change.edits().isEmpty()) {
            List<Object> files = new ArrayList<>();
            change.edits().forEach(edit -> files.add(file(edit)));
            tree.put("files", files);
        }
    }

    private Map<String, Object> file(FileEdit edit) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", redactor.redact(edit.path().toString()));
        tree.put("diff", text(changes.lines(edit)));
        return tree;
    }

    private static String text(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private Map<String, Object> attribute(AttributeChange change) {
        boolean sensitive = ChangeText.isSensitive(change);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", change.attribute().name());
        change.before().ifPresent(value -> tree.put("before", shown(value, sensitive)));
        tree.put("after", shown(change.after(), sensitive));
        return tree;
    }

    private Object shown(Object value, boolean sensitive) {
        if (sensitive) {
            return Secret.MASK;
        }
        if (value instanceof Content content) {
            return Values.digest(content);
        }
        return masked(Optional.ofNullable(Values.plain(value)).orElse(""));
    }

    private Object masked(Object plain) {
        if (plain instanceof String text) {
            return redactor.redact(text);
        }
        if (plain instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(one -> all.add(masked(one)));
            return all;
        }
        if (plain instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, one) -> all.put(key.toString(), masked(one)));
            return all;
        }
        return plain;
    }
}
