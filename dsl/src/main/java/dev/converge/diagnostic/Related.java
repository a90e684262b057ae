package dev.converge.diagnostic;

import java.util.Optional;

/**
 * A second place that a diagnostic speaks of, such as "first declared here".
 *
 * @param message what that place has to do with it
 * @param at where it is, when known
 */
public record Related(String message, Optional<SourceRange> at) {
    public static Related at(String message, SourceRange at) {
        return new Related(message, Optional.of(at));
    }
}
