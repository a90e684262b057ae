package dev.converge.output;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.DiagnosticPrinter;
import dev.converge.diagnostic.Letters;
import dev.converge.model.Redactor;
import dev.converge.model.ResourceId;
import dev.converge.model.Text;
import dev.converge.provider.Change;
import dev.converge.provider.Refresh;
import dev.converge.report.Outcome;
import dev.converge.report.Outcome.Because;
import dev.converge.report.Outcome.Hold;
import dev.converge.report.ResourceReport;
import java.util.List;
import java.util.Optional;

/** What came of one resource, as a block of lines: a sign, the resource, what happened, its place; then the details. */
final class OutcomeText {
    private final Style style;
    private final ChangeText changes;
    private final DiagnosticPrinter diagnostics;
    private final Redactor redactor;
    private final Verbosity verbosity;

    /** @param changes how changes are told */
    OutcomeText(
            Style style, ChangeText changes, DiagnosticPrinter diagnostics, Redactor redactor, Verbosity verbosity) {
        this.style = style;
        this.changes = changes;
        this.diagnostics = diagnostics;
        this.redactor = redactor;
        this.verbosity = verbosity;
    }

    /** The block, with line ends; empty for what the reader need not see. */
    String of(ResourceReport report) {
        String block = block(report);
        return report.tries().isEmpty() || block.isEmpty() ? block : block + tries(report.tries());
    }

    private String tries(List<String> failures) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < failures.size(); i++) {
            indent(style.dim("try " + (i + 1) + " failed: " + readable(failures.get(i))), out);
        }
        return out.toString();
    }

    private String block(ResourceReport report) {
        Outcome outcome = report.outcome();
        if (outcome instanceof Outcome.Failed failed) {
            return failure(report, failed);
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return skip(report, skipped.because());
        }
        if (verbosity == Verbosity.QUIET) {
            return "";
        }
        if (outcome instanceof Outcome.InSync inSync) {
            return inSync.message().map(message -> notice(report, message)).orElseGet(() -> inSync(report));
        }
        if (outcome instanceof Outcome.NotRefreshed not) {
            return headline(style.dim("="), report, "not refreshed: " + readable(not.because()));
        }
        return change(report);
    }

    private String change(ResourceReport report) {
        Outcome outcome = report.outcome();
        if (outcome instanceof Outcome.Changed changed) {
            return change(report, changed.change(), false, after(changed.refresh(), ", then refreshed"));
        }
        if (outcome instanceof Outcome.Pending pending) {
            String refresh = after(pending.refresh(), ", then be refreshed");
            String once = pending.once()
                    .map(id -> style.dim(" (expected, after " + oneLine(id) + ")"))
                    .orElse("");
            return change(report, pending.change(), true, refresh + once + hold(pending.hold()));
        }
        if (outcome instanceof Outcome.PendingRefresh pending) {
            return headline(style.yellow("~"), report, "would be refreshed" + hold(pending.hold()));
        }
        return headline(style.yellow("~"), report, "refreshed");
    }

    private String hold(Optional<Hold> hold) {
        return hold.map(why -> style.dim(" (" + reason(why) + ")")).orElse("");
    }

    private static String reason(Hold hold) {
        if (hold instanceof Hold.Window window) {
            return "its window opens " + Figures.moment(window.opens());
        }
        if (hold instanceof Hold.Drift) {
            return "drift, only reported";
        }
        return "waits for " + oneLine(((Hold.Behind) hold).id());
    }

    private String after(Optional<Refresh> refresh, String done) {
        return refresh.map(came -> came.skipped()
                        .map(because -> ", not refreshed: " + readable(because))
                        .orElse(done))
                .orElse("");
    }

    private String change(ResourceReport report, Change<?> change, boolean would, String after) {
        char sign = ChangeText.sign(change);
        String painted =
                switch (change.action()) {
                    case CREATE -> style.green(String.valueOf(sign));
                    case UPDATE -> style.yellow(String.valueOf(sign));
                    case DELETE -> style.red(String.valueOf(sign));
                };
        StringBuilder out = new StringBuilder(
                headline(painted, report, changes.summary(change, would, report.isCorrective()) + after));
        changes.diff(change)
                .forEach(line -> out.append("    ").append(paintDiff(line)).append('\n'));
        return out.toString();
    }

    private String paintDiff(String line) {
        return switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> style.green(line);
            case '-' -> style.red(line);
            case '@' -> style.cyan(line);
            case '\\', '…' -> style.dim(line);
            default -> line;
        };
    }

    private String failure(ResourceReport report, Outcome.Failed failed) {
        StringBuilder out = new StringBuilder();
        failed.made().ifPresent(change -> out.append(change(report, change, false, "")));
        out.append(headline(style.red("!"), report, style.red("failed")));
        indent(told(report, failed.diagnostic()), out);
        if (verbosity == Verbosity.VERBOSE) {
            failed.trace().ifPresent(trace -> indent(readable(trace.strip()), out));
        }
        return out.toString();
    }

    /** The headline has said already that the resource failed, and where it is declared. */
    private String told(ResourceReport report, Diagnostic diagnostic) {
        String detail = readable(diagnostic.detail());
        Optional<String> advice = diagnostic.suggestion().map(this::readable);
        boolean here = diagnostic
                .at()
                .filter(at -> at.compareTo(report.declared().source()) == 0)
                .isPresent();
        if (here
                && diagnostic.code() == Code.RESOURCE_FAILED
                && diagnostic.related().isEmpty()) {
            return detail + advice.map(text -> "\n" + style.green(text)).orElse("");
        }
        Diagnostic shown = new Diagnostic(
                diagnostic.severity(),
                diagnostic.code(),
                diagnostic.summary(),
                detail,
                here ? Optional.empty() : diagnostic.at(),
                advice,
                diagnostic.related());
        return redactor.redact(diagnostics.print(List.of(shown)).strip());
    }

    private String readable(String text) {
        return Letters.visible(redactor.redact(text));
    }

    private static void indent(String text, StringBuilder out) {
        text.lines().forEach(line -> out.append("    ").append(line).append('\n'));
    }

    private String skip(ResourceReport report, Because because) {
        if (because instanceof Because.DependencyFailed failed) {
            return headline(style.yellow("↷"), report, "skipped: " + oneLine(failed.id()) + " failed");
        }
        return verbosity == Verbosity.VERBOSE ? headline(style.dim("↷"), report, style.dim("skipped: " + because)) : "";
    }

    private String notice(ResourceReport report, Text message) {
        String[] lines = readable(message.toString()).split("\n", -1);
        StringBuilder out = new StringBuilder(style.cyan("»")).append(' ').append(lines[0]);
        out.append("   ").append(place(report)).append('\n');
        for (int i = 1; i < lines.length; i++) {
            out.append("  ").append(lines[i]).append('\n');
        }
        return out.toString();
    }

    private String inSync(ResourceReport report) {
        return verbosity == Verbosity.VERBOSE ? headline(style.dim("="), report, style.dim("in sync")) : "";
    }

    static String oneLine(ResourceId id) {
        return Letters.oneLine(id.toString());
    }

    private String headline(String sign, ResourceReport report, String what) {
        String id = style.bold(oneLine(report.declared().id()));
        return sign + " " + id + " " + what + "   " + place(report) + "\n";
    }

    private String place(ResourceReport report) {
        return style.dim(Letters.oneLine(report.declared().source().toString()));
    }
}
