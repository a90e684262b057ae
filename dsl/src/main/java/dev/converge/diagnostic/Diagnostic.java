package dev.converge.diagnostic;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One problem, told so that its reader can act.
 *
 * @param severity error or warning
 * @param code the kind of problem, for programs
 * @param summary fixed short text for the kind, such as "Unknown attribute"
 * @param detail what is wrong in this case, in whole sentences
 * @param at where, when known
 * @param suggestion what to do, when known
 * @param related other places that belong to it
 */
public record Diagnostic(
        Severity severity,
        Code code,
        String summary,
        String detail,
        Optional<SourceRange> at,
        Optional<String> suggestion,
        List<Related> related) {

    public Diagnostic {
        related = List.copyOf(related);
    }

    public static Diagnostic error(Code code, String summary, String detail) {
        return new Diagnostic(Severity.ERROR, code, summary, detail, Optional.empty(), Optional.empty(), List.of());
    }

    public static Diagnostic warning(Code code, String summary, String detail) {
        return new Diagnostic(Severity.WARNING, code, summary, detail, Optional.empty(), Optional.empty(), List.of());
    }

    public Diagnostic at(SourceRange place) {
        return new Diagnostic(severity, code, summary, detail, Optional.of(place), suggestion, related);
    }

    public Diagnostic suggest(String advice) {
        return new Diagnostic(severity, code, summary, detail, at, Optional.of(advice), related);
    }

    public Diagnostic suggest(Optional<String> advice) {
        return new Diagnostic(severity, code, summary, detail, at, advice.or(() -> suggestion), related);
    }

    public Diagnostic related(Related other) {
        List<Related> all = new ArrayList<>(related);
        all.add(other);
        return new Diagnostic(severity, code, summary, detail, at, suggestion, all);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
