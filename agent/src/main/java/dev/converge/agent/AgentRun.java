package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.report.Report;
import dev.converge.source.SiteCopy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One run of the agent, also one that could not begin.
 *
 * @param trigger what it came from
 * @param site the commit that the host was held to; empty when there is none yet
 * @param report what came of it; empty when it could not begin
 * @param problems what is wrong besides: a remote that does not answer, a commit that was refused or does not compile
 * @param began by the host's clock
 * @param took how long, by a clock that nobody can put back
 */
public record AgentRun(
        Trigger trigger,
        Optional<SiteCopy> site,
        Optional<Report> report,
        List<Diagnostic> problems,
        Instant began,
        Duration took) {
    private static final int NO_RUN = 1;

    public AgentRun {
        problems = List.copyOf(problems);
    }

    /** What is wrong besides, and what the report says that is not about one resource; each once. */
    List<Diagnostic> said() {
        Set<Diagnostic> all = new LinkedHashSet<>(problems);
        report.ifPresent(known -> all.addAll(known.messages()));
        return List.copyOf(all);
    }

    /** As {@code converge} would exit. */
    public int exit(boolean detailed) {
        return report.map(known -> known.exitStatus(detailed)).orElse(NO_RUN);
    }
}
