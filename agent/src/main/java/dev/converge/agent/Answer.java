package dev.converge.agent;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.output.JsonReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of a run that somebody has asked for.
 *
 * @param exit as {@code converge} would exit
 * @param document the report for programs
 */
public record Answer(int exit, Map<String, Object> document) {
    private static final int NO_RUN = 1;

    /** The run was not made. */
    static Answer refused(Diagnostic why) {
        return new Answer(NO_RUN, JsonReport.refused(List.of(why), false, NO_RUN));
    }

    Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("exit", exit);
        tree.put("report", document);
        return tree;
    }
}
