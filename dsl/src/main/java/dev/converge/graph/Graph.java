package dev.converge.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** A directed graph whose nodes are the numbers 0 to n - 1; a smaller number means "earlier, if it does not matter". */
public final class Graph {
    private final int[][] successors;
    private final int[] degree;

    public Graph(int nodes) {
        successors = new int[nodes][];
        degree = new int[nodes];
    }

    /** Adds an edge; adding it twice is the same as adding it once to every answer here. */
    public void add(int from, int to) {
        int[] row = successors[from];
        if (row == null) {
            row = new int[2];
        } else if (degree[from] == row.length) {
            row = Arrays.copyOf(row, row.length * 2);
        }
        row[degree[from]++] = to;
        successors[from] = row;
    }

    public int size() {
        return successors.length;
    }

    /** All nodes, each after its predecessors, ties by number; empty when there is a cycle. */
    public Optional<int[]> order() {
        int[] waiting = new int[size()];
        for (int node = 0; node < size(); node++) {
            for (int i = 0; i < degree[node]; i++) {
                waiting[successors[node][i]]++;
            }
        }
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int node = 0; node < size(); node++) {
            if (waiting[node] == 0) {
                ready.add(node);
            }
        }
        int[] order = new int[size()];
        int count = 0;
        while (!ready.isEmpty()) {
            int node = ready.remove();
            order[count++] = node;
            for (int i = 0; i < degree[node]; i++) {
                if (--waiting[successors[node][i]] == 0) {
                    ready.add(successors[node][i]);
                }
            }
        }
        return count == size() ? Optional.of(order) : Optional.empty();
    }

    /** Whether a walk along the edges leads from one node to another; a node reaches itself. */
    public boolean reaches(int from, int to) {
        return from == to || walk(from, to, new int[size()]).isPresent();
    }

    /**
     * For each knot of nodes that all reach each other, its shortest cycle: the nodes in order, the first one not
     * repeated at the end. Knots are sorted by their smallest cycle node.
     */
    public List<int[]> shortestCycles() {
        List<int[]> cycles = new ArrayList<>();
        boolean[] done = new boolean[size()];
        int[] previous = new int[size()];
        for (int start = 0; start < size(); start++) {
            if (done[start] || walk(start, start, previous).isEmpty()) {
                continue;
            }
            int[] best = null;
            for (int node : knotOf(start)) {
                done[node] = true;
                int[] cycle = walk(node, node, previous).orElseThrow();
                if (best == null || cycle.length < best.length) {
                    best = cycle;
                }
            }
            cycles.add(rotated(best));
        }
        cycles.sort(Comparator.comparingInt(cycle -> cycle[0]));
        return cycles;
    }

    private List<Integer> knotOf(int start) {
        List<Integer> knot = new ArrayList<>();
        for (int node : reachable(start)) {
            if (reaches(node, start)) {
                knot.add(node);
            }
        }
        return knot;
    }

    private List<Integer> reachable(int start) {
        boolean[] seen = new boolean[size()];
        List<Integer> found = new ArrayList<>(List.of(start));
        seen[start] = true;
        for (int at = 0; at < found.size(); at++) {
            int node = found.get(at);
            for (int i = 0; i < degree[node]; i++) {
                int next = successors[node][i];
                if (!seen[next]) {
                    seen[next] = true;
                    found.add(next);
                }
            }
        }
        return found;
    }

    /** Breadth first: the nodes of a shortest way of at least one edge, without its last node. */
    private Optional<int[]> walk(int from, int to, int[] previous) {
        Arrays.fill(previous, -1);
        ArrayDeque<Integer> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            int node = queue.remove();
            for (int i = 0; i < degree[node]; i++) {
                int next = successors[node][i];
                if (next == to) {
                    return Optional.of(way(from, node, previous));
                }
                if (previous[next] < 0 && next != from) {
                    previous[next] = node;
                    queue.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static int[] way(int from, int last, int[] previous) {
        ArrayDeque<Integer> nodes = new ArrayDeque<>();
        for (int node = last; node != from; node = previous[node]) {
            nodes.addFirst(node);
        }
        nodes.addFirst(from);
        return nodes.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] rotated(int[] cycle) {
        int smallest = 0;
        for (int i = 1; i < cycle.length; i++) {
            if (cycle[i] < cycle[smallest]) {
                smallest = i;
            }
        }
        int[] turned = new int[cycle.length];
        for (int i = 0; i < cycle.length; i++) {
            turned[i] = cycle[(smallest + i) % cycle.length];
        }
        return turned;
    }
}
