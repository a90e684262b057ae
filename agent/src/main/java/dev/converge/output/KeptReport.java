package dev.converge.output;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.Severity;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.Policy;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.report.Caller;
import dev.converge.report.Cause;
import dev.converge.report.Causes;
import dev.converge.report.CommandRun;
import dev.converge.report.Origin;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.report.Unmanaged;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run as a value again, from the document that was kept of it: so it is told by the same words as when it went on. What
 * a resource was to be is not kept beyond its changes.
 */
public final class KeptReport {
    /** Stands for a resource of which no more is known than what came of it. */
    record Gone() implements Resource {}

    private KeptReport() {}

    /**
     * The run of a document.
     *
     * @param document what {@link JsonReport#of} made, read back
     * @throws IllegalArgumentException when it is none
     */
    public static Report of(Map<?, ?> document) {
        DocumentPart tree = new DocumentPart(document);
        if (!tree.text("schema").equals(JsonReport.SCHEMA)) {
            throw new IllegalArgumentException("its form is " + tree.text("schema") + ", not " + JsonReport.SCHEMA);
        }
        Run run = new Run(tree.text("run"), tree.text("host"), time(tree.text("started")));
        RunKind kind = tree.isTrue("dryRun") ? RunKind.DRY_RUN : RunKind.LIVE;
        List<ResourceReport> resources = new ArrayList<>();
        tree.objects("resources").forEach(resource -> resources.add(resource(resource)));
        List<Diagnostic> messages =
                tree.objects("diagnostics").stream().map(KeptReport::diagnostic).toList();
        Report bare = Report.of(run, kind, tree.isTrue("interrupted"), Duration.ZERO, resources);
        Report timed =
                bare.during(phases(tree)).running(commands(tree)).with(messages).leaving(unmanaged(tree));
        Report known =
                tree.object("origin").map(KeptReport::origin).map(timed::from).orElse(timed);
        return tree.object("user").map(user -> known.by(caller(tree, user))).orElse(known);
    }

    /** What a document tells that is not about one resource; also one of a run that did not come to pass. */
    public static List<Diagnostic> diagnostics(Map<?, ?> document) {
        return new DocumentPart(document)
                .objects("diagnostics").stream().map(KeptReport::diagnostic).toList();
    }

    private static List<Unmanaged> unmanaged(DocumentPart tree) {
        return tree.objects("noLongerManaged").stream()
                .map(one -> new Unmanaged(id(one.text("id")), one.text("place"), one.find("commit")))
                .toList();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(text + " is not a time", e);
        }
    }

    private static Map<String, Duration> phases(DocumentPart tree) {
        Map<String, Duration> phases = new LinkedHashMap<>();
        tree.object("seconds").ifPresent(all -> all.map().forEach((phase, took) -> {
            if (took instanceof Number seconds) {
                phases.put(phase.toString(), DocumentPart.duration(seconds));
            }
        }));
        return phases;
    }

    private static Origin origin(DocumentPart tree) {
        return new Origin(
                tree.find("commit"),
                tree.has("modified") ? Optional.of(tree.isTrue("modified")) : Optional.empty(),
                tree.text("sources"),
                tree.text("facts"),
                tree.find("data"));
    }

    private static ResourceReport resource(DocumentPart tree) {
        SourceRange source = tree.object("source")
                .map(KeptReport::place)
                .orElseThrow(() -> new IllegalArgumentException("a resource has no source"));
        Declared<Gone> declared =
                new Declared<>(id(tree.text("id")), new Gone(), Ensure.PRESENT, source, Policy.none());
        return new ResourceReport(
                declared,
                KeptOutcome.of(declared, tree),
                tree.seconds("start"),
                tree.seconds("seconds"),
                causes(tree),
                commands(tree),
                tree.texts("tries"));
    }

    private static List<CommandRun> commands(DocumentPart tree) {
        return tree.objects("commands").stream()
                .map(run -> new CommandRun(
                        run.text("command"), run.number("exit"), run.seconds("seconds"), run.isTrue("timedOut")))
                .toList();
    }

    private static Caller caller(DocumentPart tree, DocumentPart user) {
        return new Caller(
                tree.text("version"), tree.text("command"), user.number("uid"), user.text("name"), user.find("sudo"));
    }

    private static Optional<Causes> causes(DocumentPart tree) {
        Map<String, Cause> attributes = new LinkedHashMap<>();
        tree.objects("attributes")
                .forEach(one -> one.find("cause").ifPresent(cause -> attributes.put(one.text("name"), cause(cause))));
        return tree.find("cause").map(whole -> new Causes(cause(whole), attributes));
    }

    private static Cause cause(String word) {
        return Cause.valueOf(word.toUpperCase(Locale.ROOT));
    }

    static ResourceId id(String text) {
        int open = text.indexOf('[');
        if (open < 0 || !text.endsWith("]")) {
            throw new IllegalArgumentException(text + " is not the id of a resource");
        }
        return new ResourceId(text.substring(0, open), text.substring(open + 1, text.length() - 1));
    }

    static Diagnostic diagnostic(DocumentPart tree) {
        List<Related> related = tree.objects("related").stream()
                .map(other -> new Related(
                        other.text("message"), other.object("source").map(KeptReport::place)))
                .toList();
        return new Diagnostic(
                tree.text("severity").equals("error") ? Severity.ERROR : Severity.WARNING,
                code(tree.text("code")),
                tree.text("summary"),
                tree.text("detail"),
                tree.object("source").map(KeptReport::place),
                tree.find("suggestion"),
                related);
    }

    /** One that a newer or older Converge has is told all the same. */
    private static Code code(String label) {
        for (Code code : Code.values()) {
            if (code.label().equals(label)) {
                return code;
            }
        }
        return Code.RUNTIME_ERROR;
    }

    private static SourceRange place(DocumentPart tree) {
        int line = tree.number("line");
        int column = tree.number("column");
        return tree.has("endLine")
                ? new SourceRange(tree.text("file"), line, column, tree.number("endLine"), tree.number("endColumn"))
                : SourceRange.point(tree.text("file"), line, column);
    }
}
