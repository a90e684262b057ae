package dev.converge.diagnostic;

import java.util.List;
import java.util.Optional;

/**
 * The result of a stage: a value unless there were errors, and every problem that was found.
 *
 * @param value present exactly when no diagnostic is an error
 * @param diagnostics errors and warnings in the order in which a reader wants them
 */
public record Checked<T>(Optional<T> value, List<Diagnostic> diagnostics) {
    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }

    public static <T> Checked<T> of(T value, List<Diagnostic> warnings) {
        return new Checked<>(Optional.of(value), warnings);
    }

    public static <T> Checked<T> of(T value) {
        return of(value, List.of());
    }

    public static <T> Checked<T> failed(List<Diagnostic> diagnostics) {
        return new Checked<>(Optional.empty(), diagnostics);
    }

    public static <T> Checked<T> failed(Diagnostic diagnostic) {
        return failed(List.of(diagnostic));
    }

    /** The value when none of the diagnostics is an error, otherwise a failure that carries them all. */
    public static <T> Checked<T> unlessErrors(T value, List<Diagnostic> diagnostics) {
        return diagnostics.stream().anyMatch(Diagnostic::isError) ? failed(diagnostics) : of(value, diagnostics);
    }

    public boolean isOk() {
        return value.isPresent();
    }
}
