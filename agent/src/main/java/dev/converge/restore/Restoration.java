package dev.converge.restore;

import dev.converge.converger.Guard;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import java.util.List;

/**
 * What has to be converged so that things are as they were.
 *
 * @param catalog the states to bring back
 * @param guard refuses what others have changed since
 * @param lost what nothing takes back, each with why: warnings
 * @param problems what should be brought back and cannot: errors
 */
public record Restoration(Catalog catalog, Guard guard, List<Diagnostic> lost, List<Diagnostic> problems) {
    public Restoration {
        lost = List.copyOf(lost);
        problems = List.copyOf(problems);
    }
}
