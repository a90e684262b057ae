package dev.converge.restore;

import dev.converge.state.BackupIndex;
import dev.converge.state.Kept;
import dev.converge.state.PathMark;
import dev.converge.state.UndoFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths that a run has touched: what was there before its first change of each, and how it left them. */
final class RunPaths {
    private final Map<Path, Optional<BackupIndex.Entry>> before = new HashMap<>();
    private final Map<Path, PathMark> marks;
    private final Map<String, Set<Path>> byResource = new HashMap<>();

    /** What is below a folder that the run made goes with it. */
    private final Set<Path> belowMade = new HashSet<>();

    private RunPaths(Map<Path, PathMark> marks) {
        this.marks = new HashMap<>(marks);
    }

    static RunPaths of(UndoFile undo, BackupIndex index) {
        RunPaths paths = new RunPaths(undo.marks());
        Map<String, UndoFile.Entry> changes = new HashMap<>();
        undo.changes().forEach(change -> changes.put(change.id(), change));
        // Changes may go on at once: what was there is what was kept first, whichever of them has begun first.
        for (BackupIndex.Entry entry : index.ofRun(undo.run())) {
            Optional<UndoFile.Entry> change = entry.resource().map(changes::get);
            boolean absent = entry.kept().type() == Kept.Type.ABSENT;
            change.ifPresent(
                    one -> paths.add(one, entry.kept().path(), absent ? Optional.empty() : Optional.of(entry)));
        }
        for (UndoFile.Entry change : undo.changes()) {
            change.made().forEach(path -> paths.add(change, path, Optional.empty()));
            if (change.marks().isEmpty()) {
                paths.marks.keySet().removeAll(paths.of(change));
            }
        }
        return paths;
    }

    private void add(UndoFile.Entry change, Path path, Optional<BackupIndex.Entry> found) {
        boolean all = Boolean.TRUE.equals(change.undo().get("files"));
        boolean asked = change.undo().get("paths") instanceof List<?> named && named.contains(path.toString());
        if ((all || asked) && !isBelowMade(path)) {
            byResource
                    .computeIfAbsent(change.id(), any -> new LinkedHashSet<>())
                    .add(path);
            before.putIfAbsent(path, found);
        }
    }

    private boolean isBelowMade(Path path) {
        Path folder = path.getParent();
        boolean below = folder != null
                && before.containsKey(folder)
                && before.get(folder).isEmpty();
        if (below) {
            belowMade.add(path);
        }
        return below;
    }

    /** Those that a change touched, and that take it back. */
    List<Path> of(UndoFile.Entry change) {
        return List.copyOf(byResource.getOrDefault(change.id(), Set.of()));
    }

    /** Those that a change touched, and of which nothing is known any more. */
    List<Path> forgotten(UndoFile.Entry change) {
        List<Path> forgotten = new ArrayList<>(change.marks().keySet());
        forgotten.removeIf(path -> before.containsKey(path) || belowMade.contains(path));
        return forgotten;
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
