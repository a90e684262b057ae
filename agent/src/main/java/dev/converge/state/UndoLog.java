package dev.converge.state;

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
import dev.converge.provider.Undo;
import dev.converge.schema.Inverse;
import dev.converge.schema.JsonText;
import dev.converge.schema.Parsing;
import dev.converge.schema.StoredResource;
import dev.converge.schema.TypeRegistry;
import dev.converge.schema.TypeSchema;
import java.io.FileOutputStream;
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
    private final Host host;
    private final BackupStore backups;
    private final Path file;
    private final Map<ResourceId, List<Path>> made = new ConcurrentHashMap<>();
    private Optional<FileOutputStream> out = Optional.empty();

    /** @param backups hears of each path that a turn replaces or makes */
    public UndoLog(StateDirectory state, TypeRegistry types, Host host, BackupStore backups, String run) {
        this.state = state;
        this.types = types;
        this.host = host;
        this.backups = backups;
        this.file = state.undo().resolve(run + ".jsonl");
    }

    @Override
    public void started(Change<?> change, List<ResourceId> notifies) throws IOException {
        try {
            write(line(change));
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
    public void done(ResourceId id) throws IOException {
        ended(id);
    }

    @Override
    public void failed(ResourceId id) throws IOException {
        ended(id);
    }

    /** How the run leaves the paths that it touched: an undo leaves alone what others have changed since. */
    private void ended(ResourceId id) throws IOException {
        Set<Path> touched =
                new LinkedHashSet<>(Optional.ofNullable(made.remove(id)).orElse(List.of()));
        touched.addAll(backups.touched(id));
        if (touched.isEmpty()) {
            return;
        }
        Map<String, Object> marks = new LinkedHashMap<>();
        for (Path path : touched) {
            marks.put(path.toString(), PathMark.of(host.path(path)).text());
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("ended", id.toString());
        line.put("marks", marks);
        write(line);
    }

    private synchronized void write(Map<String, Object> line) throws IOException {
        if (out.isEmpty()) {
            StateDirectory.make(state.undo());
            DurableFile.create(file).close();
            out = Optional.of(new FileOutputStream(file.toFile(), true));
            LIMIT.keep(state.undo(), "*.jsonl");
        }
        out.get().write((JsonText.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public synchronized void close() throws IOException {
        if (out.isPresent()) {
            out.get().close();
        }
    }
}
