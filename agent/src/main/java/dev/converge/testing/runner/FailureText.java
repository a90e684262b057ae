package dev.converge.testing.runner;

import java.util.Map;
import java.util.Optional;
import org.spockframework.runtime.SpockAssertionError;

/** A failure of a spec in words: what it wanted, not how it was found out. */
final class FailureText {
    private static final int FRAMES = 12;

    private FailureText() {}

    static String of(Throwable failure) {
        // Its own errors are whole: what was thrown within a condition is part of their text.
        if (failure instanceof SpockAssertionError) {
            return String.valueOf(failure.getMessage()).strip();
        }
        StringBuilder text = new StringBuilder(failure.toString());
        StackTraceElement[] trace = failure.getStackTrace();
        for (int i = 0; i < Math.min(FRAMES, trace.length); i++) {
            text.append("\n  at ").append(trace[i]);
        }
        return text.toString();
    }

    /**
     * {@code test/NginxSpec.groovy:12}: the deepest line of the spec that the failure came by.
     *
     * @param shown the path of a spec's file, by its name
     */
    static Optional<String> line(Throwable failure, String spec, Map<String, String> shown) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            if (frame.getClassName().equals(spec) || frame.getClassName().startsWith(spec + "$")) {
                return Optional.of(
                        shown.getOrDefault(frame.getFileName(), frame.getFileName()) + ":" + frame.getLineNumber());
            }
        }
        return Optional.empty();
    }
}
