package dev.converge.restore;

import dev.converge.state.BackupIndex;
import dev.converge.state.Kept;
import dev.converge.state.PathMark;
import dev.converge.state.UndoFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths that a run has touched: what was there before its first change of each, and how it left them. */
final class RunPaths {
    private final Map<Path, Optional<BackupIndex.Entry>> before = new HashMap<>();
    private final Map<Path, PathMark> marks = new HashMap<>();
    private final Map<String, Set<Path>> byResource = new LinkedHashMap<>();

    static RunPaths of(UndoFile undo, BackupIndex index) {
        Map<String, List<BackupIndex.Entry>> kept = new HashMap<>();
        for (BackupIndex.Entry entry : index.ofRun(undo.run())) {
            entry.resource().ifPresent(id -> kept.computeIfAbsent(id, any -> new ArrayList<>())
                    .add(entry));
        }
        RunPaths paths = new RunPaths();
        for (UndoFile.Entry change : undo.changes()) {
            paths.add(change, kept.getOrDefault(change.id(), List.of()));
        }
        return paths;
    }

    private void add(UndoFile.Entry change, List<BackupIndex.Entry> kept) {
        Set<Path> touched = byResource.computeIfAbsent(change.id(), any -> new LinkedHashSet<>());
        List<?> asked = change.undo().get("paths") instanceof List<?> named ? named : List.of();
        boolean all = Boolean.TRUE.equals(change.undo().get("files"));
        for (BackupIndex.Entry entry : kept) {
            Path path = entry.kept().path();
            boolean absent = entry.kept().type() == Kept.Type.ABSENT;
            if ((all || asked.contains(path.toString())) && !isBelowMade(path)) {
                touched.add(path);
                before.putIfAbsent(path, absent ? Optional.empty() : Optional.of(entry));
            }
        }
        for (Path path : change.made()) {
            if ((all || asked.contains(path.toString())) && !isBelowMade(path)) {
                touched.add(path);
                before.putIfAbsent(path, Optional.empty());
            }
        }
        marks.putAll(change.marks());
    }

    /** What is below a folder that the run made goes with it. */
    private boolean isBelowMade(Path path) {
        Path folder = path.getParent();
        return folder != null
                && before.containsKey(folder)
                && before.get(folder).isEmpty();
    }

    /** Those that a change touched, and that take it back. */
    List<Path> of(UndoFile.Entry change) {
        return List.copyOf(byResource.getOrDefault(change.id(), Set.of()));
    }

    /** What was there; empty when nothing was. */
    Optional<BackupIndex.Entry> before(Path path) {
        return before.getOrDefault(path, Optional.empty());
    }

    /** How the run left it; empty when it was killed before it could tell. */
    Optional<PathMark> mark(Path path) {
        return Optional.ofNullable(marks.get(path));
    }
}
