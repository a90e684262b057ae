package dev.converge.state;

import dev.converge.converger.Debts;
import dev.converge.converger.Journal;
import dev.converge.model.Content;
import dev.converge.model.Declared;
import dev.converge.model.Mode;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.Secret;
import dev.converge.model.Text;
import dev.converge.model.Wish;
import dev.converge.provider.Action;
import dev.converge.provider.AttributeChange;
import dev.converge.provider.Change;
import dev.converge.provider.FileEdit;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import dev.converge.provider.Undo;
import dev.converge.report.IoReason;
import dev.converge.schema.Inverse;
import dev.converge.schema.JsonText;
import dev.converge.schema.Parsing;
import dev.converge.schema.StoredResource;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import dev.converge.schema.Values;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps, for each change of a run, what takes it back: {@code undo/<run>.jsonl}, made with the first change. Values stand
 * there as they are, secrets too, for only the owner may read the file; as with the backups of {@code /etc/shadow}.
 *
 * <p>Lines are not waited for until they are on the disk: when the machine itself goes down, the last ones may be
 * missing, and the backups are what is left to restore from.
 */
public final class UndoLog implements Journal, AutoCloseable {
    private static final LatestFiles LIMIT = new LatestFiles(500, 256L << 20);

    private final StateDirectory state;
    private final TypeRegistry types;
    private final Optional<Path> taughtBy;
    private final Host host;
    private final BackupStore backups;
    private final LineFile file;
    private final Map<ResourceId, List<Path>> made = new ConcurrentHashMap<>();

    /** What happened after something was done: it is not undone for that, but told at the end. */
    private Optional<IOException> lost = Optional.empty();

    /**
     * @param taughtBy the site whose modules bring some of the types
     * @param backups hears of each path that a turn replaces or makes
     */
    public UndoLog(
            StateDirectory state,
            TypeRegistry types,
            Optional<Path> taughtBy,
            Host host,
            BackupStore backups,
            String run) {
        this.state = state;
        this.types = types;
        this.taughtBy = taughtBy;
        this.host = host;
        this.backups = backups;
        this.file = new LineFile(state.undo().resolve(run + ".jsonl"));
    }

    @Override
    public void started(Change<?> change, List<ResourceId> notifies) throws IOException {
        if (isHidden(change)) {
            backups.hide(change.id());
        }
        try {
            keep(line(change));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("It was interrupted before it was changed.", e);
        }
    }

    private <R extends Resource> Map<String, Object> line(Change<R> change) throws IOException, InterruptedException {
        TypeSchema<R> schema = types.get(change.id().type());
        Undo undo = Inverse.of(schema, schema.newProvider(), change, host);
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("change", change.id().toString());
        line.put("action", Parsing.spelling(change.action()));
        line.put("file", change.declared().source().file());
        line.put("line", change.declared().source().line());
        line.put("column", change.declared().source().column());
        taughtBy.ifPresent(site -> line.put(UndoFile.TAUGHT_BY, site.toString()));
        line.put("undo", undo(undo));
        line.put("left", left(change));
        List<String> expected = undo instanceof Undo.Never ? List.of() : expected(change, undo instanceof Undo.Files);
        made.put(change.id(), new ArrayList<>(expected.stream().map(Path::of).toList()));
        line.put("made", expected);
        return line;
    }

    private Map<String, Object> undo(Undo undo) {
        if (undo instanceof Undo.Never never) {
            return Map.of("never", never.why());
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        if (undo instanceof Undo.Files files) {
            tree.put("files", true);
            tree.put("states", states(files.otherwise()));
        } else if (undo instanceof Undo.States states) {
            tree.put("states", states(states.resources()));
            tree.put("paths", states.paths().stream().map(Path::toString).toList());
            tree.put("lost", states.lost());
        }
        return tree;
    }

    private List<Object> states(List<Declared<?>> resources) {
        List<Object> all = new ArrayList<>();
        for (Declared<?> resource : resources) {
            all.add(state(resource));
        }
        return all;
    }

    private <R extends Resource> Map<String, Object> state(Declared<R> declared) {
        TypeSchema<R> schema = types.get(declared.id().type());
        Map<String, Object> contents = new LinkedHashMap<>();
        for (Object value : schema.values(declared.desired())) {
            keepContent(value, contents);
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("type", declared.id().type());
        tree.put("name", declared.id().name());
        tree.put("ensure", Parsing.spelling(declared.ensure()));
        tree.put("values", StoredResource.write(schema, declared.desired()));
        tree.put("contents", contents);
        return tree;
    }

    /** Such a content is in no file as a whole: a block of lines, or the text of a unit. */
    private static void keepContent(Object value, Map<String, Object> into) {
        if (value instanceof Optional<?> optional && optional.isPresent()) {
            keepContent(optional.get(), into);
        } else if (value instanceof Content content && content.origin().isEmpty()) {
            into.put(content.digest("SHA-256"), Base64.getEncoder().encodeToString(content.bytes()));
        }
    }

    /** Whether a report does not show how the content of a file differs. */
    private static boolean isHidden(Change<?> change) {
        for (AttributeChange each : change.attributes()) {
            if (Values.isSensitive(each.after())
                    || each.before().filter(Values::isSensitive).isPresent()) {
                return true;
            }
        }
        for (FileEdit edit : change.edits()) {
            if (edit.before().filter(Content::isSensitive).isPresent()
                    || edit.after().filter(Content::isSensitive).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is a secret in a value, or in what it consists of. */
    private static boolean isMasked(Object value) {
        if (value instanceof Collection<?> several) {
            return several.stream().anyMatch(UndoLog::isMasked);
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(UndoLog::isMasked);
        }
        return value instanceof Secret || (value instanceof Text text && text.isSensitive());
    }

    /** What the change makes of the host, as far as that can be told by comparing values. */
    private static Map<String, Object> left(Change<?> change) {
        Map<String, Object> left = new LinkedHashMap<>();
        for (AttributeChange each : change.attributes()) {
            Object after = each.after();
            boolean masked = isMasked(after);
            boolean open = after instanceof Wish<?> && !(after instanceof Content) && !(after instanceof Mode);
            boolean elsewhere =
                    after instanceof Content content && content.origin().isPresent();
            if (each.attribute().isWord() && !masked && !open && !elsewhere) {
                boolean isContent = after instanceof Content;
                left.put(
                        each.attribute().name(),
                        isContent ? PathMark.of((Content) after).text() : StoredResource.write(after));
            }
        }
        return left;
    }

    /** The paths that are not there yet, and will be; a killed run says no more than this. */
    private static List<String> expected(Change<?> change, boolean byFiles) {
        List<String> paths = new ArrayList<>();
        String name = change.id().name();
        boolean edits = !change.edits().isEmpty();
        if (byFiles && change.action() == Action.CREATE && !edits && name.startsWith("/")) {
            paths.add(name);
        }
        for (FileEdit edit : change.edits()) {
            if (edit.before().isEmpty() && edit.after().isPresent()) {
                paths.add(edit.path().toString());
            }
        }
        return paths;
    }

    @Override
    public void done(ResourceId id) {
        ended(id);
    }

    @Override
    public void failed(ResourceId id, List<ResourceId> notifies) {
        ended(id);
    }

    /**
     * How the run leaves the paths that it touched: an undo leaves alone what others have changed since. One at a time,
     * so that what is told last of a path that several change is how it is.
     */
    private synchronized void ended(ResourceId id) {
        Set<Path> touched =
                new LinkedHashSet<>(Optional.ofNullable(made.remove(id)).orElse(List.of()));
        touched.addAll(backups.touched(id));
        if (touched.isEmpty()) {
            return;
        }
        try {
            Map<String, Object> marks = new LinkedHashMap<>();
            for (Path path : touched) {
                marks.put(path.toString(), PathMark.of(host.path(path)).text());
            }
            write(Map.of("ended", id.toString(), "marks", marks));
        } catch (IOException e) {
            lost = lost.or(() -> Optional.of(e));
        }
    }

    private void keep(Map<String, Object> line) {
        try {
            write(line);
        } catch (IOException e) {
            IoReason reason = IoReason.of(e);
            throw new ResourceFailure(
                    "What takes the change back cannot be kept, so nothing was changed: " + reason.sentence(),
                    reason.advice().orElse("Make room for " + file.path() + "."));
        }
    }

    private synchronized void write(Map<String, Object> line) throws IOException {
        file.write((JsonText.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void ended(Debts left) throws IOException {
        if (file.isBegun()) {
            LIMIT.keep(state.undo(), "*.jsonl");
        }
        if (lost.isPresent()) {
            throw lost.get();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
