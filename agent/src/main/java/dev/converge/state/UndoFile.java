package dev.converge.state;

import dev.converge.diagnostic.SourceRange;
import dev.converge.schema.JsonTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What takes back the changes of a run, as it was kept before each of them.
 *
 * @param run which run
 * @param changes in the order in which they were begun
 * @param marks how the run left the paths that it touched, as it was told last
 * @param taughtBy the site whose modules brought some of the resource types; empty when Converge had them all
 */
public record UndoFile(String run, List<Entry> changes, Map<Path, PathMark> marks, Optional<Path> taughtBy) {
    static final String TAUGHT_BY = "taughtBy";

    private static final String SUFFIX = ".jsonl";

    /**
     * One change.
     *
     * @param id of the resource that was changed
     * @param action {@code create}, {@code update} or {@code delete}
     * @param source where the resource was declared
     * @param undo what takes the change back, as plain values
     * @param left the values that the change was about to give to attributes
     * @param made paths that were not there, and that the change was about to make; the backups' index may know more
     * @param marks how the change left the paths that it touched; empty when it was killed before it could tell
     */
    public record Entry(
            String id,
            String action,
            SourceRange source,
            Map<?, ?> undo,
            Map<?, ?> left,
            List<Path> made,
            Map<Path, PathMark> marks) {

        private static Optional<Entry> of(Map<?, ?> line) {
            boolean whole = line.get("change") instanceof String
                    && line.get("action") instanceof String
                    && line.get("undo") instanceof Map
                    && line.get("left") instanceof Map
                    && line.get("file") instanceof String
                    && line.get("line") instanceof Number
                    && line.get("column") instanceof Number;
            return whole
                    ? Optional.of(new Entry(
                            (String) line.get("change"),
                            (String) line.get("action"),
                            SourceRange.point(
                                    (String) line.get("file"),
                                    ((Number) line.get("line")).intValue(),
                                    ((Number) line.get("column")).intValue()),
                            (Map<?, ?>) line.get("undo"),
                            (Map<?, ?>) line.get("left"),
                            paths(line.get("made")),
                            Map.of()))
                    : Optional.empty();
        }

        /** A change that failed and was tried again: what was there before the first try is what comes back. */
        private Entry again(Entry retry) {
            Map<Object, Object> given = new LinkedHashMap<>(left);
            given.putAll(retry.left);
            List<Path> all = new ArrayList<>(made);
            all.addAll(retry.made);
            return new Entry(id, action, source, undo, given, all, marks);
        }

        private Entry ended(Map<Path, PathMark> told) {
            Map<Path, PathMark> known = new LinkedHashMap<>(marks);
            known.putAll(told);
            return new Entry(id, action, source, undo, left, made, known);
        }
    }

    private static Map<Path, PathMark> marks(Object told) {
        Map<Path, PathMark> marks = new LinkedHashMap<>();
        if (told instanceof Map<?, ?> known) {
            known.forEach((path, mark) -> marks.put(Path.of(path.toString()), new PathMark(mark.toString())));
        }
        return marks;
    }

    private static List<Path> paths(Object names) {
        List<Path> paths = new ArrayList<>();
        if (names instanceof List<?> several) {
            several.forEach(name -> paths.add(Path.of(name.toString())));
        }
        return paths;
    }

    /** The runs of which something can be taken back, newest first. */
    public static List<String> runs(StateDirectory state) throws IOException {
        TreeSet<String> runs = new TreeSet<>(Comparator.reverseOrder());
        if (Files.isDirectory(state.undo())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(state.undo(), "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    runs.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
        return List.copyOf(runs);
    }

    /** What is kept of a run; without changes when nothing is. */
    public static UndoFile of(StateDirectory state, String run) throws IOException {
        Path file = state.undo().resolve(run + SUFFIX);
        Map<String, Entry> changes = new LinkedHashMap<>();
        Map<Path, PathMark> marks = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return new UndoFile(run, List.of(), marks, Optional.empty());
        }
        Optional<Path> taughtBy = Optional.empty();
        for (String line : LineFile.read(file)) {
            Map<String, Object> fields = JsonTree.object(line).orElse(Map.of());
            Entry.of(fields).ifPresent(entry -> changes.merge(entry.id(), entry, Entry::again));
            Map<Path, PathMark> told = marks(fields.get("marks"));
            marks.putAll(told);
            changes.computeIfPresent(String.valueOf(fields.get("ended")), (id, entry) -> entry.ended(told));
            if (fields.get(TAUGHT_BY) instanceof String site) {
                taughtBy = Optional.of(Path.of(site));
            }
        }
        return new UndoFile(run, List.copyOf(changes.values()), marks, taughtBy);
    }
}
