package dev.converge.module;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.diagnostic.SourceRange;
import dev.converge.graph.Graph;
import dev.converge.module.ModuleDescription.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Whether the modules of a site go together, and in which order they build on each other. */
final class Requirements {
    private final Map<String, SiteModule> found;
    private final Map<String, SourceRange> listed;
    private final Consumer<Diagnostic> problems;

    /** @param listed where the site names a module, also one that could not be found */
    Requirements(Map<String, SiteModule> found, Map<String, SourceRange> listed, Consumer<Diagnostic> problems) {
        this.found = found;
        this.listed = listed;
        this.problems = problems;
    }

    /** Each after those that it requires; as they are when that cannot be. */
    List<SiteModule> ordered() {
        List<SiteModule> modules = List.copyOf(found.values());
        Graph graph = new Graph(modules.size());
        for (int asker = 0; asker < modules.size(); asker++) {
            SiteModule module = modules.get(asker);
            checkConverge(module);
            for (Map.Entry<String, Requirement> entry :
                    module.description().requires().entrySet()) {
                check(module, entry.getKey(), entry.getValue());
                SiteModule required = found.get(entry.getKey());
                if (required != null) {
                    graph.add(modules.indexOf(required), asker);
                }
            }
        }
        Optional<int[]> order = graph.order();
        if (order.isEmpty()) {
            problems.accept(cycle(modules, graph));
            return modules;
        }
        return IntStream.of(order.get()).mapToObj(modules::get).toList();
    }

    private void check(SiteModule asker, String name, Requirement requirement) {
        SiteModule required = found.get(name);
        if (required != null
                && requirement.range().contains(required.description().version())) {
            return;
        }
        String asks = asker.description() + " requires " + name + " " + requirement.range();
        if (required != null) {
            Diagnostic wrong = ModuleProblem.error(
                            "Requirement not met",
                            asks + ", and this site has " + required.description() + " (" + required.source() + ").")
                    .at(requirement.at())
                    .suggest("Choose versions of " + asker.name() + " and " + name + " that go together.");
            SourceRange at = listed.get(name);
            problems.accept(at == null ? wrong : wrong.related(Related.at("chosen here", at)));
        } else if (!listed.containsKey(name)) {
            problems.accept(
                    ModuleProblem.error("Requirement not met", asks + ", and this site has no module " + name + ".")
                            .at(requirement.at())
                            .suggest("Add it to " + ModuleList.FILE + ", with the place that it comes from."));
        }
    }

    private void checkConverge(SiteModule module) {
        VersionRange range = module.description().converge();
        Optional<Version> own = ThisConverge.version();
        if (own.isPresent() && !range.contains(own.get())) {
            problems.accept(ModuleProblem.error(
                            "Requirement not met",
                            module.description() + " requires Converge " + range + ", and this is Converge " + own.get()
                                    + ".")
                    .at(module.description().at())
                    .suggest("Use another version of the module, or of Converge."));
        }
    }

    private static Diagnostic cycle(List<SiteModule> modules, Graph graph) {
        int[] cycle = graph.shortestCycles().get(0); // each is required by the next
        List<SiteModule> around = new ArrayList<>(List.of(modules.get(cycle[0])));
        for (int i = cycle.length - 1; i >= 0; i--) {
            around.add(modules.get(cycle[i]));
        }
        List<String> names = around.stream().map(SiteModule::name).toList();
        Diagnostic told = ModuleProblem.error(
                        "Modules in a circle", "Each requires the next: " + String.join(", ", names) + ".")
                .suggest("Take one of these requirements out; put what both need into a module of its own.");
        for (int i = 0; i + 1 < around.size(); i++) {
            SourceRange at =
                    around.get(i).description().requires().get(names.get(i + 1)).at();
            told = i == 0 ? told.at(at) : told.related(Related.at(names.get(i) + " requires " + names.get(i + 1), at));
        }
        return told;
    }
}
