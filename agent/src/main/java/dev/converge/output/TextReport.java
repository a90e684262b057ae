package dev.converge.output;

import dev.converge.converger.RunListener;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Letters;
import dev.converge.model.Catalog;
import dev.converge.model.Redactor;
import dev.converge.report.Counts;
import dev.converge.report.Outcome;
import dev.converge.report.Report;
import dev.converge.report.ResourceReport;
import dev.converge.report.RunKind;
import dev.converge.report.Unmanaged;
import dev.converge.schema.TypeRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells people of a run while it goes on. Resources are told in the order of the catalog, however many are in hand at
 * once: the same run reads the same every time.
 */
public final class TextReport implements RunListener {
    private static final int MOST_UNMANAGED = 20;
    private static final int COMMIT_DIGITS = 8;

    private final Catalog catalog;
    private final OutcomeText outcomes;
    private final Style style;
    private final Verbosity verbosity;
    private final Consumer<String> out;
    private final String[] waiting;
    private final Set<Object> toldTurns = new HashSet<>();
    private final Redactor redactor;
    private int next;
    private boolean said;

    /**
     * @param sourceLines the lines of a file of the site, for showing where a failure belongs
     * @param out takes blocks of whole lines
     */
    public TextReport(Catalog catalog, TypeRegistry types, SourceLines sourceLines, Look look, Consumer<String> out) {
        this.redactor = Redactor.of(catalog.secrets());
        this.catalog = catalog;
        this.style = look.style();
        this.verbosity = look.verbosity();
        this.out = out;
        this.waiting = new String[catalog.resources().size()];
        DiagnosticPrinter diagnostics = new DiagnosticPrinter(sourceLines::of, style.color());
        this.outcomes = new OutcomeText(style, new ChangeText(types, redactor), diagnostics, redactor, verbosity);
    }

    /**
     * What a person chose to see.
     *
     * @param style how text looks where it goes
     * @param verbosity how much of it
     */
    public record Look(Style style, Verbosity verbosity) {}

    /** The lines of a file that a manifest's place names. */
    public interface SourceLines {
        Optional<List<String>> of(String file);
    }

    // The block is made at once: later, what a file held before may be gone.
    @Override
    public void resourceFinished(ResourceReport report) {
        waiting[catalog.indexOf(report.declared().id())] = outcomes.of(report) + commands(report);
        StringBuilder ready = new StringBuilder();
        while (next < waiting.length && waiting[next] != null) {
            ready.append(waiting[next]);
            waiting[next++] = "";
        }
        say(ready);
    }

    /** Of what several resources did together, the first one tells. */
    private String commands(ResourceReport report) {
        if (verbosity != Verbosity.VERBOSE || report.commands().isEmpty()) {
            return "";
        }
        StringBuilder lines = new StringBuilder();
        if (toldTurns.add(List.of(report.startedAfter().toMillis(), report.commands()))) {
            CommandText.lines(report.commands(), redactor, style, lines);
        }
        return lines.toString();
    }

    /** Tells what the run came to; nothing when only problems are wanted. */
    public void finish(Report report) {
        StringBuilder end = new StringBuilder();
        for (; next < waiting.length; next++) {
            end.append(waiting[next] == null ? "" : waiting[next]);
        }
        interruption(report, end);
        if (verbosity != Verbosity.QUIET) {
            unmanaged(report.noLongerManaged(), end);
        }
        say(end);
        if (verbosity == Verbosity.QUIET) {
            return;
        }
        say(new StringBuilder(said ? "\n" : "").append(summary(report)).append('\n'));
        if (verbosity == Verbosity.VERBOSE) {
            StringBuilder commands = new StringBuilder();
            CommandText.lines(report.commands(), redactor, style, commands);
            say(commands);
            say(new StringBuilder(style.dim(phases(report.phases()))).append('\n'));
        }
    }

    private void interruption(Report report, StringBuilder end) {
        if (report.interrupted()) {
            missed(report, new Outcome.Because.Interrupted(), end);
            missed(report, new Outcome.Because.TimeLimit(), end);
        }
    }

    private void missed(Report report, Outcome.Because because, StringBuilder end) {
        long missed = report.resources().stream()
                .filter(resource -> resource.outcome().equals(new Outcome.Skipped(because)))
                .count();
        if (missed > 0 && verbosity != Verbosity.VERBOSE) {
            end.append(style.yellow("↷")).append(" skipped ").append(Figures.count(missed, "resource"));
            end.append(": ").append(because).append('\n');
        }
    }

    private void unmanaged(List<Unmanaged> all, StringBuilder end) {
        for (Unmanaged one : all.subList(0, Math.min(all.size(), MOST_UNMANAGED))) {
            String commit = one.commit()
                    .map(id -> " in " + id.substring(0, Math.min(id.length(), COMMIT_DIGITS)))
                    .orElse("");
            end.append(style.dim("·")).append(' ').append(style.bold(OutcomeText.oneLine(one.id())));
            end.append(" no longer managed, left as it is   ");
            end.append(style.dim(Letters.oneLine(one.place()) + commit)).append('\n');
        }
        if (all.size() > MOST_UNMANAGED) {
            String more = Figures.count(all.size() - MOST_UNMANAGED, "more resource");
            end.append(style.dim("·")).append(" … and ").append(more).append(" no longer managed\n");
        }
    }

    private void say(StringBuilder text) {
        if (!text.isEmpty()) {
            said = true;
            out.accept(style.fit(text.toString()));
        }
    }

    private String summary(Report report) {
        Counts counts = report.counts();
        List<String> parts = new ArrayList<>();
        parts.add("in sync " + counts.inSync());
        if (report.kind() == RunKind.LIVE) {
            parts.add(counts.changed() > 0 ? style.green("changed " + counts.changed()) : "changed 0");
        }
        if (report.kind() == RunKind.DRY_RUN || counts.pending() > 0) {
            parts.add(counts.pending() > 0 ? style.yellow("pending " + counts.pending()) : "pending 0");
        }
        parts.add(counts.failed() > 0 ? style.red("failed " + counts.failed()) : "failed 0");
        parts.add("skipped " + counts.skipped());
        Duration whole = report.phases().values().stream().reduce(Duration.ZERO, Duration::plus);
        return String.join(", ", parts) + " in " + Figures.time(whole);
    }

    private static String phases(Map<String, Duration> phases) {
        List<String> parts = new ArrayList<>();
        phases.forEach((name, took) -> parts.add(name + " " + Figures.time(took)));
        return String.join(", ", parts);
    }
}
