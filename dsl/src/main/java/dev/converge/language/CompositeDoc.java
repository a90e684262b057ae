package dev.converge.language;

import java.util.List;

/**
 * What the source of a composite says to whoever includes it.
 *
 * @param name its class
 * @param text the comment above it
 */
public record CompositeDoc(String name, String text, List<ParameterDoc> parameters) {
    public CompositeDoc {
        parameters = List.copyOf(parameters);
    }

    /**
     * One parameter.
     *
     * @param initial its value when none is given, as it is written; empty when one has to be
     * @param checks its annotations, as they are written
     * @param text the comment above it
     */
    public record ParameterDoc(String name, String type, String initial, List<String> checks, String text) {
        public ParameterDoc {
            checks = List.copyOf(checks);
        }
    }
}
