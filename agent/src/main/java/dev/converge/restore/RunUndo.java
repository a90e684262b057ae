package dev.converge.restore;

import dev.converge.converger.Guard;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.report.IoReason;
import dev.converge.schema.StoredResource;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.BackupIndex;
import dev.converge.state.PathMark;
import dev.converge.state.StateDirectory;
import dev.converge.state.UndoFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes back all that a run has changed, the last change first. */
public final class RunUndo {
    private final UndoFile undo;
    private final RunPaths paths;
    private final LaterRuns later;
    private final KeptStates states;
    private final UnchangedSince guard;
    private final boolean force;
    private final Declarations declared = new Declarations();
    private final List<Diagnostic> lost = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();

    private RunUndo(UndoFile undo, BackupIndex index, LaterRuns later, TypeRegistry types, Path root, boolean force) {
        this.undo = undo;
        this.paths = RunPaths.of(undo, index);
        this.later = later;
        this.states = new KeptStates(types, index, root);
        this.guard = new UnchangedSince(types);
        this.force = force;
    }

    /**
     * What takes a run back.
     *
     * @param root the folder that is the host's {@code /}
     * @param force whether what others have changed since is replaced too
     */
    public static Restoration of(StateDirectory state, String run, TypeRegistry types, Path root, boolean force)
            throws IOException {
        BackupIndex index = BackupIndex.of(state);
        UndoFile file = UndoFile.of(state, run);
        RunUndo undo = new RunUndo(file, index, LaterRuns.of(index, run), types, root, force);
        return undo.restoration(types);
    }

    private Restoration restoration(TypeRegistry types) {
        List<UndoFile.Entry> lastFirst = new ArrayList<>(undo.changes());
        Collections.reverse(lastFirst);
        for (UndoFile.Entry change : lastFirst) {
            takeBack(change);
        }
        Guard own = new WithoutManifest(force ? Guard.none() : guard);
        return new Restoration(declared.catalog(types), own, lost, problems);
    }

    private void takeBack(UndoFile.Entry change) {
        if (change.undo().get("never") instanceof String why) {
            lose(change, why);
            return;
        }
        boolean byFiles = Boolean.TRUE.equals(change.undo().get("files"));
        List<Path> touched = paths.of(change);
        for (Path path : byFiles ? paths.forgotten(change) : List.<Path>of()) {
            problem(path.toString(), "What was there is no longer in the backups.", change.source());
        }
        if (!byFiles) {
            states(change);
            for (Path path : touched) {
                path(change, path);
            }
        } else if (touched.isEmpty() && paths.forgotten(change).isEmpty()) {
            statesOrLose(change, "No run has kept what it replaced.");
        } else if (!force && isSaidOtherwise(change) && touched.stream().anyMatch(this::isChangedSince)) {
            states(change);
        } else {
            for (Path path : touched) {
                path(change, path);
            }
        }
        if (change.undo().get("lost") instanceof List<?> sentences) {
            sentences.forEach(sentence -> lose(change, sentence.toString()));
        }
    }

    private static boolean isSaidOtherwise(UndoFile.Entry change) {
        return change.undo().get("states") instanceof List<?> all && !all.isEmpty();
    }

    private void statesOrLose(UndoFile.Entry change, String why) {
        if (isSaidOtherwise(change)) {
            states(change);
        } else {
            lose(change, why);
        }
    }

    private void states(UndoFile.Entry change) {
        if (!(change.undo().get("states") instanceof List<?> all)) {
            return;
        }
        for (Object one : all) {
            if (one instanceof Map<?, ?> state) {
                state(change, state);
            }
        }
    }

    private void state(UndoFile.Entry change, Map<?, ?> state) {
        try {
            Ensure ensure = "absent".equals(state.get("ensure")) ? Ensure.ABSENT : Ensure.PRESENT;
            Map<?, ?> values = state.get("values") instanceof Map<?, ?> stored ? stored : Map.of();
            String type = String.valueOf(state.get("type"));
            String name = String.valueOf(state.get("name"));
            Declared<?> one = states.state(type, name, ensure, values, contents(state), change.source());
            declared.add(one);
            guard.expect(one.id(), change);
        } catch (InvalidValueException e) {
            problem(change.id(), e.getMessage(), change.source());
        }
    }

    private static StoredResource.Contents contents(Map<?, ?> state) {
        return (digest, size) -> {
            if (state.get("contents") instanceof Map<?, ?> all && all.get(digest) instanceof String bytes) {
                return KeptBytes.ofBase64(bytes);
            }
            throw new InvalidValueException("Its content was not kept.");
        };
    }

    private void path(UndoFile.Entry change, Path path) {
        SourceRange at = change.source();
        Optional<BackupIndex.Entry> before = paths.before(path);
        try {
            if (before.isEmpty()) {
                declare(states.absent(path, force || paths.mark(path).isPresent(), at), path);
                return;
            }
            KeptStates.Tree tree = states.present(path, before.get().kept(), at);
            tree.states().forEach(one -> declare(one, path));
            tree.lost().forEach((lostPath, why) -> problem(lostPath.toString(), why, at));
        } catch (IOException e) {
            problem(path.toString(), IoReason.of(e).sentence(), at);
        }
    }

    private void declare(Declared<?> state, Path path) {
        declared.add(state);
        if (!isChangedSince(path)) {
            return;
        }
        if (paths.mark(path).filter(PathMark::isNothing).isPresent()) {
            guard.refuseIfThere(state.id(), later.since(path));
        } else {
            guard.refuse(state.id(), later.since(path));
        }
    }

    /** What a killed run could not tell is taken as its own work: the backups hold whatever else it is. */
    private boolean isChangedSince(Path path) {
        Optional<PathMark> left = paths.mark(path);
        try {
            return left.isPresent() && !left.get().equals(PathMark.of(states.real(path)));
        } catch (IOException e) {
            return true;
        }
    }

    private void lose(UndoFile.Entry change, String why) {
        lost.add(Diagnostic.warning(Code.STATE, "Cannot be undone", change.id() + ": " + why)
                .at(change.source()));
    }

    private void problem(String what, String why, SourceRange at) {
        problems.add(Diagnostic.error(Code.STATE, "Cannot be restored", what + ": " + why)
                .at(at));
    }
}
