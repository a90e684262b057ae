package dev.converge.state;

import dev.converge.report.Counts;
import dev.converge.report.KilledRun;
import dev.converge.report.Run;
import dev.converge.report.RunSummary;
import dev.converge.schema.JsonTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was kept of earlier runs, for whoever asks later. Only reads. */
public final class KeptReports {
    private static final String END = ".json";

    private final StateDirectory state;

    public KeptReports(StateDirectory state) {
        this.state = state;
    }

    /**
     * The runs of which a report is kept, the newest first: their ids and files.
     *
     * @throws IOException when the folder is there and cannot be read
     */
    public Map<String, Path> all() throws IOException {
        Map<String, Path> all = new TreeMap<>(Comparator.reverseOrder());
        if (!Files.isDirectory(state.reports())) {
            return all;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(state.reports(), "*" + END)) {
            for (Path file : found) {
                String name = file.getFileName().toString();
                all.put(name.substring(0, name.length() - END.length()), file);
            }
        }
        return all;
    }

    /**
     * Runs that were killed, and so have no report: what their journals tell, by their ids, the newest first.
     *
     * @throws IOException when a journal is there and cannot be read
     */
    public Map<String, KilledRun> killed() throws IOException {
        Map<String, KilledRun> killed = new TreeMap<>(Comparator.reverseOrder());
        for (PastJournal journal : new JournalFolder(state).killed(all().keySet())) {
            killed.put(journal.run(), journal.killed());
        }
        return killed;
    }

    /**
     * The numbers of the last live run, as {@link ReportStore} has written them; empty when there was none.
     *
     * @throws IOException when they are there and cannot be read
     */
    public Optional<RunSummary> last() throws IOException {
        return lastText().flatMap(JsonTree::object).map(KeptReports::summary);
    }

    /** The same as the document that it is. */
    public Optional<String> lastText() throws IOException {
        try {
            return Optional.of(Files.readString(state.lastRun()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static RunSummary summary(Map<String, Object> tree) {
        Run run = new Run(
                String.valueOf(tree.get("run")),
                String.valueOf(tree.get("host")),
                Instant.ofEpochSecond(number(tree, "started")));
        Counts counts = new Counts(
                (int) number(tree, "inSync"),
                (int) number(tree, "changed"),
                (int) number(tree, "pending"),
                (int) number(tree, "failed"),
                (int) number(tree, "skipped"));
        return new RunSummary(
                run, (int) number(tree, "exit"), counts, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static long number(Map<String, Object> tree, String name) {
        return tree.get(name) instanceof Number number ? number.longValue() : 0;
    }
}
