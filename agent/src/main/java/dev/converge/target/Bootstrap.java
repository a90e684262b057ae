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
import java.util.Set;

/**
 * A plan that only brings Converge to a machine and lets it run once; all else the machine then makes of its site. It is
 * what the module {@code convergeagent} declares in a manifest, with all that this requires.
 */
public final class Bootstrap {
    private static final String MODULE = "Convergeagent";
    private static final String RUN = "converge agent once";
    private static final ResourceId UNIT = new ResourceId("unit", "converge-agent.service");
    private static final ResourceId SERVICE = new ResourceId("service", "converge-agent");

    private Bootstrap() {}

    /**
     * @param plan of a manifest that includes the module
     * @param stays whether the agent stays and keeps the host, rather than one run at the first boot
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
        return Checked.of(new FirstBootPlan(plan.catalog(), parts));
    }

    private static boolean addRequired(FirstBootPlan plan, Set<ResourceId> kept) {
        boolean added = false;
        for (Edge edge : plan.catalog().edges()) {
            added |= kept.contains(edge.to()) && kept.add(edge.from());
        }
        return added;
    }

    /** One run in the place of the service, which comes after all that it needs. */
    private static Part once(Part part) {
        ResourceId id = part.declared().id();
        if (id.equals(UNIT)) {
            return new Part(part.declared(), List.of());
        }
        return id.equals(SERVICE) ? new Part(part.declared(), List.of(Step.RunCommand.shell(RUN, Guard.NONE))) : part;
    }
}
