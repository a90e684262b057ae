package dev.converge.target;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.firstboot.Guard;
import dev.converge.firstboot.Quoted;
import dev.converge.firstboot.Step;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.target.FirstBootPlan.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A plan that only brings Converge to a machine and lets it run once; all else the machine then makes of its site. It is
 * what the module {@code convergeagent} declares in a manifest, with all that this requires.
 */
public final class Bootstrap {
    private static final String MODULE = "Convergeagent";
    private static final ResourceId UNIT = new ResourceId("unit", "converge-agent.service");
    private static final ResourceId SERVICE = new ResourceId("service", "converge-agent");
    private static final ResourceId FIRST_RUN = new ResourceId("exec", "converge agent once");
    private static final Pattern START = Pattern.compile("^ExecStart=(.+) agent run$", Pattern.MULTILINE);

    private Bootstrap() {}

    /**
     * @param plan of a manifest that includes the module
     * @param stays whether its service stays, rather than one run at the first boot
     */
    public static Checked<FirstBootPlan> of(FirstBootPlan plan, boolean stays) {
        Set<ResourceId> kept = required(plan);
        Optional<String> program = plan.parts().stream()
                .filter(part -> part.declared().id().equals(UNIT))
                .flatMap(part -> part.steps().stream())
                .flatMap(step -> program(step).stream())
                .findFirst();
        if (kept.isEmpty() || program.isEmpty()) {
            return Checked.failed(Diagnostic.error(
                            Code.TARGET, "No agent", "The manifest does not say how Converge comes to this host.")
                    .suggest(
                            "Include the module convergeagent in it. To converge render it can be said by --url and --install,"
                                    + " too."));
        }
        if (!stays) {
            kept.removeAll(Set.of(UNIT, SERVICE));
        }
        List<Part> parts = new ArrayList<>();
        for (Part part : plan.parts()) {
            if (kept.contains(part.declared().id())) {
                parts.add(part);
            }
        }
        parts.add(firstRun(parts.get(parts.size() - 1).declared(), program.get()));
        return Checked.of(new FirstBootPlan(plan.catalog(), parts));
    }

    private static Set<ResourceId> required(FirstBootPlan plan) {
        Set<ResourceId> kept = new HashSet<>();
        for (Part part : plan.parts()) {
            if (part.declared().policy().tags().contains(MODULE)) {
                kept.add(part.declared().id());
            }
        }
        while (addRequired(plan, kept)) {
            // Until nothing is added: what is required may require more.
        }
        return kept;
    }

    private static boolean addRequired(FirstBootPlan plan, Set<ResourceId> kept) {
        boolean added = false;
        for (Edge edge : plan.catalog().edges()) {
            added |= kept.contains(edge.to()) && kept.add(edge.from());
        }
        return added;
    }

    private static Optional<String> program(Step step) {
        if (!(step instanceof Step.WriteFile file) || file.content().isEmpty()) {
            return Optional.empty();
        }
        Matcher start = START.matcher(new String(file.content().get().bytes(), StandardCharsets.UTF_8));
        return start.find() ? Optional.of(start.group(1)) : Optional.empty();
    }

    /**
     * The boot waits for it, and fails with it. Where the agent runs by then, it is the agent that does it: whatever comes
     * of it, the agent tries again.
     */
    private static <R extends Resource> Part firstRun(Declared<R> last, String program) {
        Declared<R> run = new Declared<>(FIRST_RUN, last.desired(), last.ensure(), last.source(), last.policy());
        return new Part(run, List.of(Step.RunCommand.shell(Quoted.word(program) + " agent once", Guard.NONE)));
    }
}
