package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What rendering for a host came to.
 *
 * @param page empty when it cannot be rendered
 * @param problems why, and what is worth a warning
 * @param ended when, by {@link System#nanoTime}
 */
record Rendering(Optional<Page> page, List<Diagnostic> problems, long ended) {
    Rendering {
        problems = List.copyOf(problems);
    }

    List<Diagnostic> errors() {
        return problems.stream().filter(Diagnostic::isError).toList();
    }
}
