package dev.converge.state;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.ResourceId;
import dev.converge.provider.Backups;
import dev.converge.provider.ResourceFailure;
import dev.converge.report.IoReason;
import dev.converge.report.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what a run replaces or removes, in a folder that only its owner may enter: contents by their digest in {@code
 * objects/}, and in {@code index.jsonl} one line per kept path with the run, the time, the resource, type, mode, owner and
 * digest. Where there was nothing, the line says so. A folder's digest is that of its listing, which has one such line for each path below it.
 *
 * <p>A content is on the disk before the line that names it, and the line before {@link #keep} returns; so whatever a
 * line names can be put back.
 */
public final class BackupStore implements Backups {
    private final StateDirectory state;
    private final ObjectStore objects;
    private final IndexFile index;
    private final Path root;
    private final Run run;
    private final Map<ResourceId, List<Path>> touched = new ConcurrentHashMap<>();
    private final Set<ResourceId> hidden = ConcurrentHashMap.newKeySet();
    private final List<Diagnostic> warnings = Collections.synchronizedList(new ArrayList<>());

    /** @param root the folder that is the host's {@code /} */
    public BackupStore(StateDirectory state, Path root, Run run) {
        this.state = state;
        this.objects = new ObjectStore(state.objects(), warnings::add);
        this.index = new IndexFile(state.index());
        this.root = root;
        this.run = run;
    }

    @Override
    public void keep(Path path) throws IOException {
        keep(path, Optional.empty());
    }

    @Override
    public Backups by(ResourceId resource) {
        return path -> keep(path, Optional.of(resource));
    }

    private void keep(Path path, Optional<ResourceId> resource) throws IOException {
        Path real =
                root.getNameCount() == 0 ? path : root.resolve(path.getRoot().relativize(path));
        Map<String, String> head = new LinkedHashMap<>();
        head.put("run", run.id());
        head.put("time", Instant.now().toString());
        resource.ifPresent(id -> head.put("resource", id.toString()));
        if (resource.filter(hidden::contains).isPresent()) {
            head.put("diff", BackupIndex.HIDDEN);
        }
        try {
            Kept kept = StateDirectory.exists(real) ? withContent(real, path) : Kept.nothing(path);
            resource.ifPresent(
                    id -> touched.computeIfAbsent(id, any -> new ArrayList<>()).add(path));
            // A content that a crash takes back would be lost; a path that was free is free again then, or soon.
            index.append(kept.toLine(head), kept.type() != Kept.Type.ABSENT);
        } catch (IOException e) {
            throw notKept(path, e);
        }
    }

    /** No difference is ever to be shown of what is kept in the name of this resource from now on: it holds a secret. */
    void hide(ResourceId resource) {
        hidden.add(resource);
    }

    /** The paths that were replaced or made in the name of a resource; told once. */
    List<Path> touched(ResourceId resource) {
        List<Path> known = touched.remove(resource);
        return known == null ? List.of() : known;
    }

    /** Whoever was about to replace it gets this instead, and leaves it as it is. */
    private ResourceFailure notKept(Path path, IOException failure) {
        IoReason reason = IoReason.of(failure);
        return new ResourceFailure(
                path + " was left as it is, because what it holds could not be kept in " + state.path() + ": "
                        + reason.sentence(),
                reason.advice().orElse("Name another folder with --state-dir."));
    }

    /** Removes what killed runs have kept in part; the journals of theirs that are open say that there are any. */
    public void clear() {
        try {
            objects.removeDrafts();
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            warnings.add(Diagnostic.warning(Code.STATE, "Half a backup was not removed", reason.sentence())
                    .suggest(reason.advice()));
        }
    }

    /**
     * Ends the run's keeping, and makes room by the limits.
     *
     * @return warnings about what was found damaged or could not be done; the backups themselves are safe
     */
    public List<Diagnostic> finish() {
        try {
            index.close();
            if (index.isUsed()) {
                new BackupLimits(state, objects, run.id(), BackupLimits.MOST_BYTES, Instant.now())
                        .apply()
                        .ifPresent(warnings::add);
            }
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            warnings.add(Diagnostic.warning(Code.STATE, "Old backups were not removed", reason.sentence())
                    .suggest(reason.advice()));
        }
        return List.copyOf(warnings);
    }

    private Kept withContent(Path real, Path shown) throws IOException {
        Kept kept = Kept.at(real, shown);
        return switch (kept.type()) {
            case FILE -> kept.with(objects.keep(real));
            case DIRECTORY -> kept.with(listing(real));
            case LINK -> kept.with(Files.readSymbolicLink(real).toString());
            case OTHER, ABSENT -> kept;
        };
    }

    private String listing(Path folder) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        list(folder, folder, lines);
        return objects.keep(new ByteArrayInputStream(lines.toByteArray()));
    }

    /** Folders before what they hold, so that a reader can put back line by line. */
    private void list(Path top, Path folder, ByteArrayOutputStream lines) throws IOException {
        for (Path child : children(folder)) {
            Kept kept = Kept.at(child, top.relativize(child));
            boolean inner = kept.type() == Kept.Type.DIRECTORY;
            lines.writeBytes((inner ? kept : withContent(child, kept.path())).toLine(Map.of()));
            lines.write('\n');
            if (inner) {
                list(top, child, lines);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        TreeSet<Path> sorted = new TreeSet<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder)) {
            found.forEach(sorted::add);
        }
        return List.copyOf(sorted);
    }
}
