package dev.converge.cli;

import dev.converge.diagnostic.Letters;
import dev.converge.output.RunList;
import dev.converge.report.Run;
import dev.converge.restore.History;
import dev.converge.restore.PathRestore;
import dev.converge.restore.Restoration;
import dev.converge.restore.RunUndo;
import dev.converge.state.KeptReports;
import dev.converge.state.StateDirectory;
import dev.converge.state.UndoFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** What the arguments of {@code converge restore} name. */
final class Restorable {
    private static final int SHOWN = 20;
    private static final String NONE = "No run has changed anything that could be restored.";

    private final Arguments arguments;
    private final Workbench bench;
    private final StateDirectory state;
    private final History history;

    Restorable(Arguments arguments, Workbench bench) throws IOException {
        this.arguments = arguments;
        this.bench = bench;
        this.state = bench.state();
        this.history = History.of(state);
    }

    /**
     * Whether it is asked what can be restored, and nothing is to be restored.
     *
     * @throws Failure when the options ask for neither
     */
    boolean isToBeListed() {
        check(path());
        return arguments.operand(0).isEmpty() || (path().isPresent() && arguments.has(Option.LIST));
    }

    /** What can be restored, for people. */
    String text() throws IOException {
        Optional<Path> path = path();
        if (path.isEmpty()) {
            return runs();
        }
        StringBuilder lines = new StringBuilder();
        for (PathRestore.Version version : known(path.get()).versions()) {
            lines.append(version.run()).append("  ").append(version.text()).append('\n');
        }
        return lines.toString();
    }

    /** The same for programs: all runs, or all versions of a path, the newest first. */
    List<Object> json() throws IOException {
        List<Object> all = new ArrayList<>();
        Optional<Path> path = path();
        if (path.isPresent()) {
            for (PathRestore.Version version : known(path.get()).versions()) {
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("run", version.run());
                tree.put("version", version.text());
                all.add(tree);
            }
            return all;
        }
        RunList known = KeptRuns.of(new KeptReports(state));
        for (History.Entry entry : history.latest(Integer.MAX_VALUE)) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("run", entry.run());
            Run.timeOf(entry.run()).ifPresent(began -> tree.put("started", began.toString()));
            known.command(entry.run()).ifPresent(command -> tree.put("command", command));
            tree.put("changes", entry.changes());
            tree.put("restorable", entry.restorable());
            all.add(tree);
        }
        return all;
    }

    private void check(Optional<Path> path) {
        if (path.isEmpty() && arguments.has(Option.RUN)) {
            throw Failure.usage("Bad option", "--run goes with a path.", "Write converge restore /the/path --run ID.");
        }
        Optional<String> run = arguments.operand(0);
        if (path.isEmpty() && run.isPresent() && arguments.has(Option.LIST)) {
            throw Failure.usage(
                    "Bad option",
                    "--list names the versions of a path, and \"" + run.get() + "\" is a run.",
                    "Look at what would be taken back with converge restore " + run.get() + " --dry-run.");
        }
    }

    private String runs() throws IOException {
        if (history.runs().isEmpty()) {
            return NONE + "\n";
        }
        RunList known = KeptRuns.of(new KeptReports(state));
        StringBuilder lines = new StringBuilder();
        for (History.Entry entry : history.latest(SHOWN)) {
            lines.append(line(entry, known.command(entry.run()))).append('\n');
        }
        int more = history.runs().size() - SHOWN;
        return more > 0 ? lines.append("and ").append(more).append(" before\n").toString() : lines.toString();
    }

    private static String line(History.Entry entry, Optional<String> command) {
        StringJoiner line = new StringJoiner("   ");
        line.add(entry.run());
        Run.timeOf(entry.run()).map(RunList::moment).ifPresent(line::add);
        int never = entry.changes() - entry.restorable();
        line.add(entry.changes()
                + (entry.changes() == 1 ? " change" : " changes")
                + (never == 0 ? "" : ", " + never + " of which cannot be taken back"));
        command.map(Letters::oneLine).ifPresent(line::add);
        return line.toString();
    }

    /** @throws Failure when nothing is kept of what is named */
    Restoration wanted() throws IOException {
        Optional<Path> path = path();
        if (path.isPresent()) {
            return wanted(path.get());
        }
        String run = run(arguments.operands().get(0));
        Optional<Path> teacher = UndoFile.of(state, run).taughtBy();
        if (!teacher.equals(bench.taughtBy())) {
            teacher.ifPresent(bench::learn);
        }
        return RunUndo.of(state, run, bench.types(), Workbench.ROOT, arguments.has(Option.FORCE));
    }

    private Restoration wanted(Path path) throws IOException {
        Optional<String> before = arguments.value(Option.RUN).map(this::run);
        PathRestore restore = known(path);
        Optional<PathRestore.Version> version = restore.version(before);
        if (version.isEmpty()) {
            String run = restore.versions().get(0).run();
            throw Failure.usage(
                    "Nothing to restore",
                    before.isPresent()
                            ? "The run " + before.get() + " has not replaced " + path + "."
                            : path + " was made by the run " + run + ", and there is no version before.",
                    before.isPresent()
                            ? "converge restore " + path + " --list names the runs that have."
                            : "converge restore " + path + " --run " + run + " removes it.");
        }
        return restore.restoration(version.get(), bench.types(), Workbench.ROOT);
    }

    /** One of which at least one version is kept. */
    private PathRestore known(Path path) throws IOException {
        PathRestore restore = PathRestore.of(state, path);
        if (!restore.versions().isEmpty()) {
            return restore;
        }
        Optional<PathRestore> other = restore.byOtherName(Workbench.ROOT);
        if (other.isPresent() && !other.get().versions().isEmpty()) {
            return other.get();
        }
        throw Failure.usage(
                "Nothing to restore",
                "No version of " + path + " is kept.",
                restore.nearest()
                        .map(near -> "Did you mean \"" + near + "\"?")
                        .orElse("converge restore names the runs that can be undone."));
    }

    /** What has a slash in it is a path; a run's id has none. */
    private Optional<Path> path() {
        return arguments.operand(0).filter(text -> text.contains("/")).map(text -> Path.of(text)
                .toAbsolutePath()
                .normalize());
    }

    private String run(String text) {
        if (history.runs().isEmpty()) {
            throw Failure.usage("Unknown run", NONE, "Name the folder of its state with --state-dir, if it has one.");
        }
        List<String> meant = history.named(text);
        if (meant.isEmpty()) {
            throw Failure.usage(
                    "Unknown run",
                    "No run \"" + text + "\" has changed anything that could be restored.",
                    "converge restore names the runs; a file is named by its path, such as ./" + text + ".");
        }
        if (meant.size() > 1) {
            throw Failure.usage(
                    "More than one run",
                    "\"" + text + "\" begins " + meant.size() + " ids, such as " + meant.get(0) + " and " + meant.get(1)
                            + ".",
                    "Write more of it.");
        }
        return meant.get(0);
    }
}
