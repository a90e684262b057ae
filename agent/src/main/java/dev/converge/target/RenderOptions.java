package dev.converge.target;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Severity;

/**
 * What the user asks of a target.
 *
 * @param lenient whether what cannot be expressed is a warning and a comment in the output
 * @param allowSecrets whether secrets may stand in the output, where others can read them
 */
public record RenderOptions(boolean lenient, boolean allowSecrets) {
    /** What cannot be expressed, as heavy as the user has it. */
    public Diagnostic weigh(Diagnostic why) {
        return lenient
                ? new Diagnostic(
                        Severity.WARNING,
                        why.code(),
                        why.summary(),
                        why.detail(),
                        why.at(),
                        why.suggestion(),
                        why.related())
                : why;
    }
}
