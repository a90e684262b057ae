package dev.converge.report;

import dev.converge.model.Declared;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One resource's part in a run.
 *
 * @param declared what the manifest says
 * @param outcome what came of it
 * @param startedAfter when its turn came, counted from the start of the walk
 * @param took how long its turn lasted; for changes that were made together, their whole time
 * @param causes why it has to be changed; empty when it has not, or when that is not known
 * @param commands the programs that its turn ran, in the order in which they ended; for changes that were made
 *     together, those of all
 * @param tries what went wrong in tries before the last one, secrets masked
 */
public record ResourceReport(
        Declared<?> declared,
        Outcome outcome,
        Duration startedAfter,
        Duration took,
        Optional<Causes> causes,
        List<CommandRun> commands,
        List<String> tries) {
    /** A turn that had one try. */
    public ResourceReport(
            Declared<?> declared,
            Outcome outcome,
            Duration startedAfter,
            Duration took,
            Optional<Causes> causes,
            List<CommandRun> commands) {
        this(declared, outcome, startedAfter, took, causes, commands, List.of());
    }

    /** A turn that changed nothing and ran nothing. */
    public ResourceReport(Declared<?> declared, Outcome outcome, Duration startedAfter, Duration took) {
        this(declared, outcome, startedAfter, took, Optional.empty(), List.of(), List.of());
    }

    /** Whether its change puts right what something else did to the host. */
    public boolean isCorrective() {
        return causes.filter(known -> known.whole().isCorrective()).isPresent();
    }
}
