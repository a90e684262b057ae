package dev.converge.converger;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/** What a run may look at, as numbers: who comes after whom, by their places in the catalog's order; immutable. */
final class Plan {
    private final List<Declared<?>> resources;
    private final ToIntFunction<ResourceId> numbers;
    private final int[] predecessors;

    /** Where a resource's edges begin in {@link #edges}; they end where the next one's begin. */
    private final int[] first;

    /** Per edge twice the number of the resource that comes after, plus one when the edge notifies. */
    private final int[] edges;

    private Plan(
            List<Declared<?>> resources,
            ToIntFunction<ResourceId> numbers,
            int[] predecessors,
            int[] first,
            int[] edges) {
        this.resources = resources;
        this.numbers = numbers;
        this.predecessors = predecessors;
        this.first = first;
        this.edges = edges;
    }

    /** All of a catalog. */
    static Plan of(Catalog catalog) {
        return of(catalog.resources(), catalog.edges(), catalog::indexOf);
    }

    /** Some of a catalog, with all that comes after them. */
    static Plan of(Catalog catalog, Set<ResourceId> only) {
        boolean[] wanted = new boolean[catalog.resources().size()];
        for (ResourceId id : only) {
            int index = catalog.indexOf(id);
            if (index >= 0) {
                wanted[index] = true;
            }
        }
        Plan whole = of(catalog);
        List<Declared<?>> resources = new ArrayList<>();
        Map<ResourceId, Integer> numbers = new HashMap<>();
        for (int i = 0; i < wanted.length; i++) { // What comes after has a higher place.
            for (int edge = whole.first[i]; wanted[i] && edge < whole.first[i + 1]; edge++) {
                wanted[whole.target(edge)] = true;
            }
            if (wanted[i]) {
                numbers.put(whole.resource(i).id(), resources.size());
                resources.add(whole.resource(i));
            }
        }
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : catalog.edges()) {
            if (numbers.containsKey(edge.from())) {
                edges.add(edge);
            }
        }
        return of(resources, edges, id -> numbers.getOrDefault(id, -1));
    }

    private static Plan of(List<Declared<?>> resources, List<Edge> written, ToIntFunction<ResourceId> numbers) {
        int size = resources.size();
        int[] from = new int[written.size()];
        int[] to = new int[written.size()];
        int[] first = new int[size + 1];
        int[] predecessors = new int[size];
        int count = 0;
        for (Edge edge : written) {
            from[count] = numbers.applyAsInt(edge.from());
            int after = numbers.applyAsInt(edge.to());
            to[count] = after * 2 + (edge.kind() == Edge.Kind.NOTIFY ? 1 : 0);
            first[from[count] + 1]++;
            predecessors[after]++;
            count++;
        }
        for (int i = 0; i < size; i++) {
            first[i + 1] += first[i];
        }
        return new Plan(resources, numbers, predecessors, first, sorted(from, to, first));
    }

    private static int[] sorted(int[] from, int[] to, int[] first) {
        int[] next = first.clone();
        int[] edges = new int[to.length];
        for (int i = 0; i < to.length; i++) {
            edges[next[from[i]]++] = to[i];
        }
        return edges;
    }

    int size() {
        return predecessors.length;
    }

    /** The number of a resource; -1 when it is not in the plan. */
    int numberOf(ResourceId id) {
        return numbers.applyAsInt(id);
    }

    Declared<?> resource(int number) {
        return resources.get(number);
    }

    /** How many edges lead to each resource; the caller's own copy. */
    int[] predecessors() {
        return predecessors.clone();
    }

    /** Whether the resource has a time limit of its own, and so a turn of its own: others would count on its time. */
    boolean isAlone(int number) {
        return resource(number).policy().rules().timeout().isPresent();
    }

    boolean hasTimeouts() {
        for (int i = 0; i < size(); i++) {
            if (isAlone(i)) {
                return true;
            }
        }
        return false;
    }

    int firstEdge(int from) {
        return first[from];
    }

    int endOfEdges(int from) {
        return first[from + 1];
    }

    int target(int edge) {
        return edges[edge] >> 1;
    }

    boolean notifies(int edge) {
        return (edges[edge] & 1) != 0;
    }
}
