package dev.converge.sink;

import dev.converge.diagnostic.Diagnostic;

/** Hears how the sinks are doing; called on threads of theirs. */
public interface SinkLog {
    /** Something is wrong with a sink, and was not before. */
    void say(String sink, Diagnostic problem);

    /** A sink that was in trouble works again. */
    void better(String sink);

    /** Its figures are others now. */
    default void moved() {}
}
