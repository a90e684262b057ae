package dev.converge.sink;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Secret;
import dev.converge.report.Report;
import dev.converge.report.Run;
import java.util.List;
import java.util.Optional;

/**
 * A run of the agent as its sinks get it.
 *
 * @param run which; also one that did not come to pass has an id
 * @param report what came of it; empty when it could not begin
 * @param secrets those of its catalog, which nobody gets to see
 * @param occasion how it came about
 * @param problems what is wrong besides: a remote that does not answer, a commit that was refused or does not compile
 */
public record SentReport(
        Run run, Optional<Report> report, List<Secret> secrets, Occasion occasion, List<Diagnostic> problems) {
    private static final int NO_RUN = 1;

    public SentReport {
        secrets = List.copyOf(secrets);
        problems = List.copyOf(problems);
    }

    int exit() {
        return report.map(known -> known.exitStatus(true)).orElse(NO_RUN);
    }
}
