package dev.converge.output;

import dev.converge.diagnostic.Letters;
import dev.converge.report.Counts;
import dev.converge.report.KilledRun;
import dev.converge.report.Origin;
import dev.converge.report.RunSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Earlier runs, a line for each.
 *
 * @param ended by their ids; empty for a run whose report cannot be read
 * @param killed those that have no report, likewise
 */
public record RunList(Map<String, Optional<RunSummary>> ended, Map<String, KilledRun> killed) {
    private static final int SHORT_COMMIT = 12;

    /** For programs, the newest first. */
    public List<Object> json() {
        List<Object> all = new ArrayList<>();
        for (String id : newestFirst()) {
            if (killed.containsKey(id)) {
                all.add(json(killed.get(id)));
            } else {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("run", id);
                ended.get(id).ifPresentOrElse(run -> put(run, tree), () -> tree.put("damaged", true));
                all.add(tree);
            }
        }
        return all;
    }

    /** All that is known of a run that was killed. */
    public static Map<String, Object> json(KilledRun run) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("run", run.id());
        tree.put("killed", true);
        run.started().ifPresent(started -> tree.put("started", started.toString()));
        tree.put("command", run.command());
        tree.put("changed", run.changed());
        tree.put("unfinished", run.unfinished());
        return tree;
    }

    private static void put(RunSummary run, Map<String, Object> tree) {
        tree.put("started", run.run().started().toString());
        tree.put("exit", run.exit());
        tree.put("counts", JsonReport.counts(run.counts()));
        run.took().ifPresent(took -> tree.put("seconds", Figures.seconds(took)));
        run.origin().flatMap(Origin::commit).ifPresent(commit -> tree.put("commit", commit));
        run.origin().flatMap(Origin::modified).ifPresent(modified -> tree.put("modified", modified));
        run.command().ifPresent(command -> tree.put("command", command));
    }

    /** For people: a line for each run, in the same order. */
    public String text(Style style) {
        StringBuilder out = new StringBuilder();
        for (String id : newestFirst()) {
            String line = killed.containsKey(id)
                    ? line(killed.get(id), style)
                    : ended.get(id).map(run -> line(run, style)).orElseGet(() -> style.red("cannot be read"));
            out.append(style.bold(Letters.oneLine(id)))
                    .append("   ")
                    .append(line)
                    .append('\n');
        }
        return style.fit(out.isEmpty() ? "No run has been kept.\n" : out.toString());
    }

    /** What was started, where that is known. */
    public Optional<String> command(String id) {
        return killed.containsKey(id)
                ? Optional.of(killed.get(id).command())
                : ended.getOrDefault(id, Optional.empty()).flatMap(RunSummary::command);
    }

    private Set<String> newestFirst() {
        Set<String> ids = new TreeSet<>(Comparator.reverseOrder());
        ids.addAll(ended.keySet());
        ids.addAll(killed.keySet());
        return ids;
    }

    private static String line(KilledRun run, Style style) {
        StringBuilder line = new StringBuilder();
        run.started().ifPresent(started -> line.append(moment(started)).append("   "));
        line.append(style.red("killed"))
                .append("   changed ")
                .append(run.changed().size());
        if (!run.unfinished().isEmpty()) {
            line.append(", was at ").append(Letters.oneLine(String.join(", ", run.unfinished())));
        }
        line.append("   ").append(style.dim(Letters.oneLine(run.command())));
        return line.toString();
    }

    /** The same for people, a line for each resource. */
    public static String killed(KilledRun run, Style style) {
        String when = run.started().map(started -> ", " + moment(started)).orElse("");
        StringBuilder out = new StringBuilder(style.dim("run " + run.id() + when)).append("\n\n");
        run.changed().forEach(id -> out.append(style.yellow("~"))
                .append(' ')
                .append(style.bold(Letters.oneLine(id)))
                .append(" changed\n"));
        run.unfinished().forEach(id -> out.append(style.red("!"))
                .append(' ')
                .append(style.bold(Letters.oneLine(id)))
                .append(" begun, and not ended\n"));
        out.append("\nkilled: ").append(Letters.oneLine(run.command())).append('\n');
        return style.fit(out.toString());
    }

    private static String line(RunSummary run, Style style) {
        StringBuilder line = new StringBuilder(moment(run.run().started()));
        line.append("   exit ").append(run.exit()).append("   ").append(numbers(run.counts(), style));
        run.took().ifPresent(took -> line.append(" in ").append(Figures.time(took)));
        commit(run).ifPresent(commit -> line.append("   ").append(style.dim(commit)));
        run.command().ifPresent(command -> line.append("   ").append(style.dim(Letters.oneLine(command))));
        return line.toString();
    }

    /** What stands above a run that is told again. */
    public static String headline(RunSummary run, Style style) {
        String when = moment(run.run().started());
        String commit = commit(run).map(id -> ", commit " + id).orElse("");
        return style.fit(style.dim("run " + run.run().id() + " on " + run.run().host() + ", " + when + commit))
                + "\n\n";
    }

    /** All that can be told of a run in sync. */
    public static String inSync(RunSummary run, Style style) {
        return headline(run, style) + numbers(run.counts(), style) + "\n";
    }

    private static Optional<String> commit(RunSummary run) {
        return run.origin().flatMap(origin -> origin.commit().map(id -> {
            String more = origin.modified().orElse(false) ? ", edited" : "";
            return id.substring(0, Math.min(SHORT_COMMIT, id.length())) + more;
        }));
    }

    /** Numbers that are zero say nothing here. */
    private static String numbers(Counts counts, Style style) {
        List<String> parts = new ArrayList<>();
        number("in sync", counts.inSync(), parts);
        number("changed", counts.changed(), parts);
        number("pending", counts.pending(), parts);
        if (counts.failed() > 0) {
            parts.add(style.red("failed " + counts.failed()));
        }
        number("skipped", counts.skipped(), parts);
        return parts.isEmpty() ? "no resources" : String.join(", ", parts);
    }

    private static void number(String name, int count, List<String> parts) {
        if (count > 0) {
            parts.add(name + " " + count);
        }
    }

    /** In the time of whoever reads it. */
    public static String moment(Instant moment) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(ZoneId.systemDefault())
                .format(moment);
    }
}
