package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.report.Report;
import java.util.List;

/** Is told of a run while it goes on. */
interface RunWitness {
    /** It waits for another run to end. */
    void waits(Diagnostic holder);

    /** It has the host for itself. */
    default void holds() {}

    /**
     * It is about to look at all resources of a catalog.
     *
     * @return for its report
     */
    default List<Diagnostic> begins(LoadedCommit commit, Catalog catalog) throws InterruptedException {
        return List.of();
    }

    /**
     * It has come to its end; its report is not kept yet.
     *
     * @return for its report
     */
    default List<Diagnostic> ends(Report report) {
        return List.of();
    }
}
