package dev.converge.converger;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Catalog;
import dev.converge.model.Redactor;
import dev.converge.model.ResourceId;
import dev.converge.provider.DeclaredResources;
import dev.converge.provider.Host;
import dev.converge.report.IoReason;
import dev.converge.report.Report;
import dev.converge.report.Run;
import dev.converge.report.RunKind;
import dev.converge.schema.TypeRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/**
 * Brings a host to what its catalog says, or tells what that would take.
 *
 * <p>A resource gets its turn when all before it are done: at once as many as there are jobs, the first ones in the
 * catalog's order first. Ready resources of a type that changes its resources together share one turn. When a resource
 * fails, all that come after it are skipped and the rest goes on. When one changes, each resource that it notifies is
 * refreshed once, at the end of its own turn; a refresh counts as a change of the refreshed resource, so it goes on to
 * those that that one notifies. What is in no-op, has failed or was skipped refreshes nothing; what has failed, was
 * skipped or shall be absent is not refreshed. What waits for its maintenance window is only judged, and so is all that
 * comes after it when it would change.
 *
 * <p>A converger is for one run.
 */
public final class Converger {
    private final TypeRegistry types;
    private final Host host;
    private final Applier applier;
    private final RunOptions options;
    private final Timing timing;
    private volatile boolean stopped;
    private volatile Walk walk;
    private LastApplied last = LastApplied.unknown();

    public Converger(TypeRegistry types, Host host, Applier applier, RunOptions options) {
        this(types, host, applier, options, Timing.USUAL);
    }

    /** @param timing what the run knows of time */
    Converger(TypeRegistry types, Host host, Applier applier, RunOptions options, Timing timing) {
        this.types = types;
        this.host = host;
        this.applier = applier;
        this.options = options;
        this.timing = timing;
    }

    /** Lets reports say who moved, the manifest or the host. */
    public Converger remembering(LastApplied applied) {
        last = applied;
        return this;
    }

    /**
     * Walks the catalog to its end, and tells what came of each resource.
     *
     * @param run what the report is filed under
     */
    public Report converge(Run run, Catalog catalog, RunListener listener) {
        return converge(run, catalog, Guard.none(), Debts.NONE, listener);
    }

    /**
     * The same, with somebody else's word on what may be changed, and with what earlier runs left to do: that is made up
     * for, each in its resource's turn.
     *
     * @param run what the report is filed under
     */
    public Report converge(Run run, Catalog catalog, Guard guard, Debts debts, RunListener listener) {
        Plan plan = options.only().map(ids -> Plan.of(catalog, ids)).orElseGet(() -> Plan.of(catalog));
        Kinds kinds = Kinds.of(plan, types, guard);
        Terms terms =
                new Terms(host, applier, options, new Failures(Redactor.of(catalog.secrets()), guard), timing, last);
        Arrears arrears = Arrears.of(debts, plan);
        Turns turns = new Turns(plan, kinds, terms, arrears, new SerialListener(listener));
        Walk steps = new Walk(plan, kinds.groups(), arrears.refreshes());
        publishPaths(catalog);
        listener.runStarted(plan.size());
        walk = steps;
        if (stopped) {
            steps.stop();
        }
        Crew crew = new Crew(steps, turns, options.jobs(), watch(plan));
        crew.work();
        boolean interrupted = turns.skipTheRest(crew.outOfTime(), steps);
        Report report = Report.of(run, applier.kind(), interrupted, turns.took(), turns.reports())
                .running(turns.commands());
        return end(report, applier.kind() == RunKind.LIVE ? turns.left(steps) : Debts.NONE);
    }

    /** The host is as it is by now: that the journal could not be completed is worth a warning. */
    private Report end(Report report, Debts left) {
        try {
            applier.journal().ended(left);
            return report;
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            return report.with(List.of(Diagnostic.warning(
                            Code.STATE,
                            "The journal was not completed",
                            reason.sentence() + " The next run looks again at what this one has changed.")
                    .suggest(reason.advice())));
        }
    }

    private Watch watch(Plan plan) {
        if (options.timeLimit().isEmpty() && !plan.hasTimeouts()) {
            return Watch.NONE;
        }
        return new Watch(timing.patience(), Deadline.ofRun(options, Duration.ZERO));
    }

    /** What a purge must leave alone. */
    private void publishPaths(Catalog catalog) {
        try {
            DeclaredResources.publish(catalog, host);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The resources that have their turn now, in the catalog's order. */
    public List<ResourceId> inHand() {
        Walk steps = walk;
        return steps == null ? List.of() : steps.inHand();
    }

    /** Ends the run soon: turns that have begun go on to their end, all others are reported as skipped. */
    public void stop() {
        stopped = true;
        Walk steps = walk;
        if (steps != null) {
            steps.stop();
        }
    }
}
