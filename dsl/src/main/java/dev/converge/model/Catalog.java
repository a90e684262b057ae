package dev.converge.model;

import dev.converge.diagnostic.Checked;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Related;
import dev.converge.graph.Graph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything that one host shall be, in an order that holds: immutable, the same for the same commit, facts and data. */
public final class Catalog {
    private final List<Declared<?>> resources;
    private final List<Edge> edges;
    private final List<Secret> secrets;
    private final Map<ResourceId, Integer> positions;

    private Catalog(List<Declared<?>> resources, List<Edge> edges, List<Secret> secrets) {
        this.resources = Collections.unmodifiableList(resources);
        this.edges = Collections.unmodifiableList(edges);
        this.secrets = List.copyOf(secrets);
        this.positions = positionsOf(resources);
    }

    /**
     * Puts resources in order. Cycles are errors that show every edge; an automatic edge that would make one with the
     * others is left out.
     *
     * @param declared in the order of their declaration, ids unique
     * @param written edges that the author wrote, between declared resources
     * @param automatic edges that Converge adds where they do no harm
     * @param secrets every secret of the manifest, so that output can be masked
     */
    public static Checked<Catalog> of(
            List<Declared<?>> declared, List<Edge> written, List<Edge> automatic, List<Secret> secrets) {
        Map<ResourceId, Integer> numbers = positionsOf(declared);
        Graph graph = graphOf(numbers, written);
        List<Edge> edges = new ArrayList<>(written);
        Graph complete = graphOf(numbers, written);
        automatic.forEach(edge -> complete.add(numbers.get(edge.from()), numbers.get(edge.to())));
        Optional<int[]> order = complete.order();
        if (order.isPresent()) {
            edges.addAll(automatic);
            return Checked.of(new Catalog(sorted(declared, order.get()), edges, secrets));
        }
        if (graph.order().isEmpty()) {
            return Checked.failed(cycles(graph, declared, written));
        }
        for (Edge edge : automatic) {
            int from = numbers.get(edge.from());
            int to = numbers.get(edge.to());
            if (!graph.reaches(to, from)) {
                graph.add(from, to);
                edges.add(edge);
            }
        }
        return Checked.of(new Catalog(sorted(declared, graph.order().orElseThrow()), edges, secrets));
    }

    private static Map<ResourceId, Integer> positionsOf(List<Declared<?>> resources) {
        Map<ResourceId, Integer> positions = new HashMap<>(resources.size() * 2);
        for (Declared<?> resource : resources) {
            positions.put(resource.id(), positions.size());
        }
        return positions;
    }

    private static Graph graphOf(Map<ResourceId, Integer> numbers, List<Edge> edges) {
        Graph graph = new Graph(numbers.size());
        edges.forEach(edge -> graph.add(numbers.get(edge.from()), numbers.get(edge.to())));
        return graph;
    }

    private static List<Declared<?>> sorted(List<Declared<?>> declared, int[] order) {
        List<Declared<?>> sorted = new ArrayList<>(declared.size());
        for (int number : order) {
            sorted.add(declared.get(number));
        }
        return sorted;
    }

    private static List<Diagnostic> cycles(Graph graph, List<Declared<?>> declared, List<Edge> written) {
        List<Diagnostic> diagnostics = new ArrayList<>();
        for (int[] cycle : graph.shortestCycles()) {
            List<Related> steps = new ArrayList<>();
            StringBuilder around = new StringBuilder();
            for (int i = 0; i < cycle.length; i++) {
                ResourceId from = declared.get(cycle[i]).id();
                ResourceId to = declared.get(cycle[(i + 1) % cycle.length]).id();
                around.append(from).append(" before ").append(i == cycle.length - 1 ? to.toString() : "");
                steps.add(step(from, to, written));
            }
            Declared<?> first = declared.get(cycle[0]);
            Diagnostic diagnostic = Diagnostic.error(
                            Code.CYCLE, "Dependency cycle", "These cannot be put in order: " + around + ".")
                    .at(first.source())
                    .suggest("Take one of these orders away.");
            for (Related step : steps) {
                diagnostic = diagnostic.related(step);
            }
            diagnostics.add(diagnostic);
        }
        return diagnostics;
    }

    private static Related step(ResourceId from, ResourceId to, List<Edge> written) {
        Edge edge = written.stream()
                .filter(candidate ->
                        candidate.from().equals(from) && candidate.to().equals(to))
                .findFirst()
                .orElseThrow();
        String order = from + " comes before " + to + ": ";
        if (edge.why() instanceof Reason.Written reason) {
            return Related.at(order + reason.word(), reason.at());
        }
        if (edge.why() instanceof Reason.Containment reason) {
            return Related.at(order + reason.word() + " " + reason.composite(), reason.at());
        }
        return new Related(order + edge.why(), Optional.empty());
    }

    /** In an order in which each comes after all that it depends on; ties keep the order of declaration. */
    public List<Declared<?>> resources() {
        return resources;
    }

    /** Written ones first, then automatic ones, each in the order of declaration. */
    public List<Edge> edges() {
        return edges;
    }

    /** Every secret of the manifest; no output may contain their values. */
    public List<Secret> secrets() {
        return secrets;
    }

    /** The same with rules for the turn of each resource, where the manifest has none for it. */
    public Catalog within(TurnRules around) {
        List<Declared<?>> all = new ArrayList<>(resources.size());
        resources.forEach(resource -> all.add(within(around, resource)));
        return new Catalog(all, edges, secrets);
    }

    private static <R extends Resource> Declared<R> within(TurnRules around, Declared<R> resource) {
        Policy policy = resource.policy();
        return new Declared<>(
                resource.id(),
                resource.desired(),
                resource.ensure(),
                resource.source(),
                new Policy(policy.tags(), policy.rules().or(around)));
    }

    /** Where a resource stands in {@link #resources()}; -1 when it is not in the catalog. */
    public int indexOf(ResourceId id) {
        return positions.getOrDefault(id, -1);
    }

    public Optional<Declared<?>> find(ResourceId id) {
        int index = indexOf(id);
        return index < 0 ? Optional.empty() : Optional.of(resources.get(index));
    }
}
