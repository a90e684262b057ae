package dev.converge.session;

import dev.converge.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How long a run waits for another one to end.
 *
 * @param limit how long at most
 * @param waiting is told who is waited for, once for each
 */
public record Patience(Duration limit, Consumer<Diagnostic> waiting) {}
