package dev.converge.state;

import dev.converge.provider.Backups;
import dev.converge.report.Run;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Keeps what a run replaces or removes, in a folder that only its owner may enter: contents by their digest in {@code
 * objects/}, and in {@code index.jsonl} one line per kept path with the run, the time, type, mode, owner and digest. A
 * folder's digest is that of its listing, which has one such line for each path below it.
 *
 * <p>A content is on the disk before the line that names it, and the line before {@link #keep} returns; so whatever a
 * line names can be put back.
 */
public final class BackupStore implements Backups {
    private final ObjectStore objects;
    private final Path index;
    private final Path root;
    private final Run run;

    /** @param root the folder that is the host's {@code /} */
    public BackupStore(StateDirectory state, Path root, Run run) {
        this.objects = new ObjectStore(state.backups().resolve("objects"));
        this.index = state.backups().resolve("index.jsonl");
        this.root = root;
        this.run = run;
    }

    @Override
    public void keep(Path path) throws IOException {
        Path real =
                root.getNameCount() == 0 ? path : root.resolve(path.getRoot().relativize(path));
        if (!StateDirectory.exists(real)) {
            return;
        }
        StateDirectory.make(index.getParent());
        Kept kept = withContent(real, path);
        Map<String, String> head = new LinkedHashMap<>();
        head.put("run", run.id());
        head.put("time", Instant.now().toString());
        append(kept.toLine(head));
    }

    private synchronized void append(byte[] line) throws IOException {
        DurableFile.append(index, line);
    }

    private Kept withContent(Path real, Path shown) throws IOException {
        Kept kept = Kept.at(real, shown);
        return switch (kept.type()) {
            case FILE -> kept.with(objects.keep(real));
            case DIRECTORY -> kept.with(listing(real));
            case LINK -> kept.with(Files.readSymbolicLink(real).toString());
            case OTHER -> kept;
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
