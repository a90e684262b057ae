package dev.converge.report;

import dev.converge.diagnostic.Diagnostic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a run has to tell.
 *
 * @param run which run
 * @param kind whether it could change the host
 * @param interrupted whether it was told to stop before every resource had its turn
 * @param phases how long each part took, in their order; {@value #CONVERGE} is the walk itself
 * @param origin what the catalog was made from; found out when the report is kept or printed for programs
 * @param caller who started it, and how; found out likewise
 * @param commands the programs that ran for the run as a whole, such as those that read the host's databases
 * @param resources every resource of the catalog, in the catalog's order
 * @param counts how many resources ended how
 * @param noLongerManaged what earlier runs of the site applied, and this one is the first not to declare
 * @param messages what concerns the run rather than one resource: warnings about the manifest, the facts, the state
 */
public record Report(
        Run run,
        RunKind kind,
        boolean interrupted,
        Map<String, Duration> phases,
        Optional<Origin> origin,
        Optional<Caller> caller,
        List<CommandRun> commands,
        List<ResourceReport> resources,
        Counts counts,
        List<Unmanaged> noLongerManaged,
        List<Diagnostic> messages) {

    /** The phase in which resources are observed and changed. */
    public static final String CONVERGE = "converge";

    private static final int CHANGED = 2;
    private static final int FAILED = 4;

    public Report {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
        resources = Collections.unmodifiableList(resources);
        commands = List.copyOf(commands);
        noLongerManaged = List.copyOf(noLongerManaged);
        messages = List.copyOf(messages);
    }

    /** A report without other phases than the walk and without messages. */
    public static Report of(Run run, RunKind kind, boolean interrupted, Duration walk, List<ResourceReport> resources) {
        Counts counts = Counts.of(resources);
        return new Report(
                run,
                kind,
                interrupted,
                Map.of(CONVERGE, walk),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                resources,
                counts,
                List.of(),
                List.of());
    }

    /** The same with other phases. */
    public Report during(Map<String, Duration> all) {
        return new Report(
                run, kind, interrupted, all, origin, caller, commands, resources, counts, noLongerManaged, messages);
    }

    /** The same with phases that came before the walk, such as facts and compilation. */
    public Report after(Map<String, Duration> earlier) {
        Map<String, Duration> all = new LinkedHashMap<>(earlier);
        all.putAll(phases);
        return during(all);
    }

    /** The same, with what its catalog was made from. */
    public Report from(Origin known) {
        return new Report(
                run,
                kind,
                interrupted,
                phases,
                Optional.of(known),
                caller,
                commands,
                resources,
                counts,
                noLongerManaged,
                messages);
    }

    /** The same, with who started it. */
    public Report by(Caller known) {
        return new Report(
                run,
                kind,
                interrupted,
                phases,
                origin,
                Optional.of(known),
                commands,
                resources,
                counts,
                noLongerManaged,
                messages);
    }

    /** The same, with what the run as a whole has run. */
    public Report running(List<CommandRun> all) {
        return new Report(
                run, kind, interrupted, phases, origin, caller, all, resources, counts, noLongerManaged, messages);
    }

    /** The same with more messages. */
    public Report with(List<Diagnostic> more) {
        List<Diagnostic> all = new ArrayList<>(messages);
        all.addAll(more);
        return new Report(
                run, kind, interrupted, phases, origin, caller, commands, resources, counts, noLongerManaged, all);
    }

    /** The same, with what is declared no longer. */
    public Report leaving(List<Unmanaged> unmanaged) {
        return new Report(
                run, kind, interrupted, phases, origin, caller, commands, resources, counts, unmanaged, messages);
    }

    /** Whether the run found nothing to do and has nothing to tell: then only its numbers are kept. */
    public boolean allInSync() {
        return counts.inSync() == counts.total() && noLongerManaged.isEmpty();
    }

    /** Whether the host is another one than before the run. */
    public boolean changedTheHost() {
        if (counts.changed() > 0) {
            return true;
        }
        for (ResourceReport resource : resources) {
            if (resource.outcome() instanceof Outcome.Failed failed
                    && failed.made().isPresent()) {
                return true;
            }
        }
        return false;
    }

    /**
     * The exit status of the process: 0 done or in sync; 2 pending in a dry run, or changed when {@code detailed}; 4
     * some resources failed or were not reached; 6 both changed (in a dry run: pending) and failed.
     *
     * @param detailed whether changes alone, and no-op resources that are pending in a live run, count
     */
    public int exitStatus(boolean detailed) {
        boolean failed = counts.failed() > 0 || interrupted;
        boolean pending = counts.pending() > 0 && (kind == RunKind.DRY_RUN || detailed);
        boolean changed = changedTheHost() && (failed || detailed);
        return (failed ? FAILED : 0) | (changed || pending ? CHANGED : 0);
    }
}
