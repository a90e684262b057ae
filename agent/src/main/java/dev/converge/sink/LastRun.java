package dev.converge.sink;

import dev.converge.report.Counts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The last run that looked at all resources, as heartbeats tell it.
 *
 * @param run its id
 * @param exit its exit status
 * @param counts how its resources ended
 */
record LastRun(String run, int exit, Counts counts) {
    Map<String, Object> json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run);
        tree.put("exit", exit);
        Map<String, Object> numbers = new LinkedHashMap<>();
        numbers.put("inSync", counts.inSync());
        numbers.put("changed", counts.changed());
        numbers.put("pending", counts.pending());
        numbers.put("failed", counts.failed());
        numbers.put("skipped", counts.skipped());
        tree.put("counts", numbers);
        return tree;
    }
}
