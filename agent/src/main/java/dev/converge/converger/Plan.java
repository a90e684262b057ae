package dev.converge.converger;

import dev.converge.model.Catalog;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import java.util.List;

/** A catalog as numbers: who comes after whom, by their places in the catalog; immutable. */
final class Plan {
    private final List<Declared<?>> resources;
    private final int[] predecessors;

    /** Where a resource's edges begin in {@link #edges}; they end where the next one's begin. */
    private final int[] first;

    /** Per edge twice the number of the resource that comes after, plus one when the edge notifies. */
    private final int[] edges;

    private Plan(List<Declared<?>> resources, int[] predecessors, int[] first, int[] edges) {
        this.resources = resources;
        this.predecessors = predecessors;
        this.first = first;
        this.edges = edges;
    }

    static Plan of(Catalog catalog) {
        int size = catalog.resources().size();
        List<Edge> written = catalog.edges();
        int[] from = new int[written.size()];
        int[] to = new int[written.size()];
        int[] first = new int[size + 1];
        int[] predecessors = new int[size];
        int count = 0;
        for (Edge edge : written) {
            from[count] = catalog.indexOf(edge.from());
            int after = catalog.indexOf(edge.to());
            to[count] = after * 2 + (edge.kind() == Edge.Kind.NOTIFY ? 1 : 0);
            first[from[count] + 1]++;
            predecessors[after]++;
            count++;
        }
        for (int i = 0; i < size; i++) {
            first[i + 1] += first[i];
        }
        return new Plan(catalog.resources(), predecessors, first, sorted(from, to, first));
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
