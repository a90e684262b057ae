package dev.converge.restore;

import dev.converge.converger.Guard;
import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.report.IoReason;
import dev.converge.schema.TypeRegistry;
import dev.converge.state.BackupIndex;
import dev.converge.state.Kept;
import dev.converge.state.StateDirectory;
import dev.converge.state.UndoFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Brings one path back as it was, with all that was below it. */
public final class PathRestore {
    private static final String INDEX = "backups/index.jsonl";
    private static final int DIGITS = 12;

    private final StateDirectory state;
    private final BackupIndex index;
    private final Path path;

    private PathRestore(StateDirectory state, BackupIndex index, Path path) {
        this.state = state;
        this.index = index;
        this.path = path;
    }

    /**
     * One version of a path.
     *
     * @param run the run before which it was so
     * @param line where the index tells of it
     * @param kept what was there; empty when nothing was
     * @param inside where it was itself below a folder that was kept: what was below it
     */
    public record Version(String run, int line, Optional<Kept> kept, Optional<List<Kept>> inside) {
        /** For people, on one line. */
        public String text() {
            if (kept.isEmpty()) {
                return "nothing: that run made it";
            }
            Kept was = kept.get();
            String owned = was.octalMode() + " " + was.uid() + ":" + was.gid();
            return switch (was.type()) {
                case FILE ->
                    "file " + owned + " sha256 " + was.content().orElse("").substring(0, DIGITS) + "…";
                case DIRECTORY -> "directory " + owned;
                case LINK -> "link to " + was.content().orElse("");
                case OTHER, ABSENT -> "neither file nor directory nor link";
            };
        }
    }

    public static PathRestore of(StateDirectory state, Path path) throws IOException {
        return new PathRestore(state, BackupIndex.of(state), path);
    }

    /** What there was at the path before each run that replaced or made it, newest first. */
    public List<Version> versions() throws IOException {
        List<Version> versions = new ArrayList<>();
        for (BackupIndex.Entry entry : index.entries()) {
            boolean known = versions.stream().anyMatch(version -> version.run().equals(entry.run()));
            if (!known) {
                at(entry).ifPresent(versions::add);
            }
        }
        for (String run : UndoFile.runs(state)) {
            boolean known = versions.stream().anyMatch(version -> version.run().equals(run));
            if (!known
                    && UndoFile.of(state, run).changes().stream()
                            .anyMatch(change -> change.made().contains(path))) {
                versions.add(new Version(run, 1, Optional.empty(), Optional.empty()));
            }
        }
        versions.sort((one, other) -> other.run().compareTo(one.run()));
        return versions;
    }

    /** The path itself, or as it was in a folder that was kept. */
    private Optional<Version> at(BackupIndex.Entry entry) {
        Path top = entry.kept().path();
        if (top.equals(path)) {
            return Optional.of(version(entry, entry.kept(), Optional.empty()));
        }
        if (entry.kept().type() != Kept.Type.DIRECTORY || !path.startsWith(top)) {
            return Optional.empty();
        }
        try {
            Path inner = top.relativize(path);
            List<Kept> all = index.objects().listing(entry.kept().content().orElseThrow());
            List<Kept> inside = all.stream()
                    .filter(kept ->
                            kept.path().startsWith(inner) && !kept.path().equals(inner))
                    .map(kept -> kept.at(inner.relativize(kept.path())))
                    .toList();
            return all.stream()
                    .filter(kept -> kept.path().equals(inner))
                    .findFirst()
                    .map(kept -> version(entry, kept, Optional.of(inside)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Version version(BackupIndex.Entry entry, Kept kept, Optional<List<Kept>> inside) {
        Optional<Kept> there = Optional.of(kept).filter(one -> one.type() != Kept.Type.ABSENT);
        return new Version(entry.run(), entry.line(), there, inside);
    }

    /** The newest version that was kept, or the one before a run. */
    public Optional<Version> version(Optional<String> run) throws IOException {
        return versions().stream()
                .filter(version -> run.isPresent()
                        ? version.run().equals(run.get())
                        : version.kept().isPresent())
                .findFirst();
    }

    /** @param root the folder that is the host's {@code /} */
    public Restoration restoration(Version version, TypeRegistry types, Path root) throws IOException {
        SourceRange at = SourceRange.point(INDEX, version.line(), 1);
        KeptStates states = new KeptStates(types, index, root);
        Declarations declared = new Declarations();
        List<Diagnostic> problems = new ArrayList<>();
        try {
            if (version.kept().isPresent()) {
                KeptStates.Tree tree = present(states, version, at);
                tree.states().forEach(declared::add);
                tree.lost().forEach((lost, why) -> problems.add(problem(lost, why, at)));
            } else {
                declared.add(states.absent(path, false, at));
            }
        } catch (IOException e) {
            problems.add(problem(path, IoReason.of(e).sentence(), at));
        }
        return new Restoration(declared.catalog(types), new WithoutManifest(Guard.none()), List.of(), problems);
    }

    private KeptStates.Tree present(KeptStates states, Version version, SourceRange at) throws IOException {
        Kept kept = version.kept().orElseThrow();
        return version.inside().isPresent()
                ? states.present(path, kept, version.inside().get(), at)
                : states.present(path, kept, at);
    }

    private static Diagnostic problem(Path path, String why, SourceRange at) {
        return Diagnostic.error(Code.STATE, "Cannot be restored", path + ": " + why)
                .at(at);
    }

    /** The same by the name under which something is kept of it, when links lead from one name to the other. */
    public Optional<PathRestore> byOtherName(Path root) throws IOException {
        Set<Path> known = new LinkedHashSet<>();
        index.entries().forEach(entry -> known.add(entry.kept().path()));
        for (String run : UndoFile.runs(state)) {
            UndoFile.of(state, run).changes().forEach(change -> known.addAll(change.made()));
        }
        return new RealNames(root).known(path, known).map(name -> new PathRestore(state, index, name));
    }

    /** A path of which something is kept and that was perhaps meant. */
    public Optional<String> nearest() {
        TreeSet<String> known = new TreeSet<>();
        index.entries().forEach(entry -> known.add(entry.kept().path().toString()));
        return Suggestions.nearest(path.toString(), known);
    }
}
