package dev.converge.cli;

import dev.converge.output.KeptReport;
import dev.converge.output.RunList;
import dev.converge.report.Report;
import dev.converge.report.RunSummary;
import dev.converge.schema.JsonTree;
import dev.converge.state.KeptReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Earlier runs, from the reports that were kept of them. */
final class KeptRuns {
    private KeptRuns() {}

    /** Of a run in sync there is no more than its numbers, and only of the last one. */
    static RunList of(KeptReports kept) throws IOException {
        Map<String, Optional<RunSummary>> ended = new LinkedHashMap<>();
        kept.last().ifPresent(last -> ended.put(last.run().id(), Optional.of(last)));
        kept.all().forEach((id, file) -> ended.put(id, read(file).map(RunSummary::of)));
        return new RunList(ended, kept.killed());
    }

    /** Empty when it is damaged, or of another version of Converge. */
    static Optional<Report> read(Path file) {
        try {
            return JsonTree.object(Files.readString(file)).map(KeptReport::of);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
