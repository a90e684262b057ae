package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.report.ResourceReport;

/** Hears of a run while it goes on; called by one thread at a time, and not for long, because the run waits. */
public interface RunListener {
    /** Called once, before the first resource. */
    default void runStarted(int resources) {}

    /** Called when a resource gets its turn; with several jobs, several are in hand at once. */
    default void resourceStarted(Declared<?> resource) {}

    /** Called once for each resource of the catalog, in the order in which they end. */
    default void resourceFinished(ResourceReport report) {}

    /** Hears nothing. */
    static RunListener silent() {
        return new RunListener() {};
    }
}
