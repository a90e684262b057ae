package dev.converge.cli;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.language.Site;
import java.util.List;
import java.util.Optional;

/** Ends a command before it could do its work, with what its user has to know. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;
    private final transient SourceLines source;

    private Failure(List<Diagnostic> diagnostics, SourceLines source) {
        super(diagnostics.toString());
        this.diagnostics = diagnostics;
        this.source = source;
    }

    /** The lines of a file that a diagnostic names. */
    interface SourceLines {
        Optional<List<String>> of(String file);
    }

    Failure(Diagnostic diagnostic) {
        this(List.of(diagnostic), file -> Optional.empty());
    }

    Failure(List<Diagnostic> diagnostics) {
        this(diagnostics, file -> Optional.empty());
    }

    /** Problems in a site, to be shown with its lines. */
    static Failure in(Site site, List<Diagnostic> diagnostics) {
        return new Failure(diagnostics, site::lines);
    }

    /** Problems in other files, to be shown with their lines. */
    static Failure of(List<Diagnostic> diagnostics, SourceLines source) {
        return new Failure(diagnostics, source);
    }

    /** A command line that cannot be followed. */
    static Failure usage(String summary, String detail, String advice) {
        return new Failure(Diagnostic.error(Code.USAGE, summary, detail).suggest(advice));
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    Optional<List<String>> lines(String file) {
        return source.of(file);
    }
}
