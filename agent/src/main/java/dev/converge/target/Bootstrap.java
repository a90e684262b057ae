package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Step;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A plan that only brings Converge to a machine and lets it run once; all else the machine then makes of its site. It is
 * what the module {@code convergeagent} declares in a manifest, with all that this requires.
 */
public final class Bootstrap {
    private static final String MODULE = "Convergeagent";
    private static final String TIMER = ".timer";
    /** What the timer of the module starts; without it, the daemon is there and runs by itself. */
    private static final String RUN = "/etc/systemd/system/converge-run.service";

    private Bootstrap() {}

    /**
     * @param plan of a manifest that includes the module
     * @param stays whether what runs Converge again stays in force, rather than one run at the first boot
     */
    public static Checked<FirstBootPlan> of(FirstBootPlan plan, boolean stays) {
        Set<ResourceId> kept = new HashSet<>();
        for (Part part : plan.parts()) {
            if (part.declared().policy().tags().contains(MODULE)) {
                kept.add(part.declared().id());
            }
        }
        if (kept.isEmpty()) {
            return Checked.failed(Diagnostic.error(
                            Code.TARGET, "No agent", "The manifest does not say how Converge comes to this host.")
                    .suggest("Include the module convergeagent in it, or say it by --url and --install."));
        }
        while (addRequired(plan, kept)) {
            // Until nothing is added: what is required may require more.
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : plan.parts()) {
            if (kept.contains(part.declared().id())) {
                parts.add(stays ? part : once(part));
            }
        }
        return Checked.of(new FirstBootPlan(plan.catalog(), withRun(parts)));
    }

    private static boolean addRequired(FirstBootPlan plan, Set<ResourceId> kept) {
        boolean added = false;
        for (Edge edge : plan.catalog().edges()) {
            added |= kept.contains(edge.to()) && kept.add(edge.from());
        }
        return added;
    }

    private static Part once(Part part) {
        List<Step> steps = part.steps().stream()
                .filter(step ->
                        !(step instanceof Step.SetUnit unit && unit.unit().endsWith(TIMER)))
                .toList();
        return new Part(part.declared(), steps, part.refresh(), part.refused());
    }

    /** The last one that has steps gets the run: it needs all of them. */
    private static List<Part> withRun(List<Part> parts) {
        boolean timed = parts.stream()
                .flatMap(part -> part.steps().stream())
                .anyMatch(step -> step instanceof Step.WriteFile file
                        && file.path().toString().equals(RUN));
        if (!timed) {
            return parts;
        }
        Part last = parts.get(parts.size() - 1);
        List<Step> steps = new ArrayList<>(last.steps());
        steps.add(Step.RunCommand.shell("systemctl start converge-run.service", Guard.NONE));
        List<Part> all = new ArrayList<>(parts);
        all.set(parts.size() - 1, new Part(last.declared(), steps, last.refresh(), Optional.empty()));
        return all;
    }
}
