package dev.converge.state;

import dev.converge.schema.JsonTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the runs have kept, oldest first. A line that is not whole is skipped: a crash may have cut it short.
 *
 * @param entries one for each path that a run kept
 * @param objects where contents are
 */
public record BackupIndex(List<Entry> entries, Objects objects) {
    /** What an entry says of its {@code diff} where a secret is in it. */
    static final String HIDDEN = "hidden";

    /**
     * One path that a run kept.
     *
     * @param line where it stands in the index, from 1
     * @param run which run kept it
     * @param time when
     * @param resource in whose name, where that is known
     * @param hidden whether no difference of it is to be shown: the run knew a secret in it
     * @param kept what was at the path
     */
    public record Entry(int line, String run, Instant time, Optional<String> resource, boolean hidden, Kept kept) {
        private static Optional<Entry> of(int line, Map<?, ?> fields) {
            if (!(fields.get("run") instanceof String run) || !(fields.get("time") instanceof String time)) {
                return Optional.empty();
            }
            Optional<String> resource =
                    fields.get("resource") instanceof String id ? Optional.of(id) : Optional.empty();
            boolean hidden = HIDDEN.equals(fields.get("diff"));
            try {
                Instant when = Instant.parse(time);
                return Kept.of(fields).map(kept -> new Entry(line, run, when, resource, hidden, kept));
            } catch (DateTimeException | NumberFormatException e) {
                return Optional.empty();
            }
        }
    }

    /** Kept contents by their digest. */
    public static final class Objects {
        private final ObjectStore store;

        private Objects(ObjectStore store) {
            this.store = store;
        }

        /**
         * The file that holds a content.
         *
         * @throws IOException when it is missing, or no longer the content that was kept
         */
        public Path file(String digest) throws IOException {
            Path file = store.path(digest);
            if (!Files.isRegularFile(file)) {
                throw new IOException(
                        "The content that was kept is no longer in the backups: " + file + " is missing.");
            }
            if (!ObjectStore.digest(file).equals(digest)) {
                throw new IOException("The content that was kept is damaged: " + file + " has another SHA-256.");
            }
            return file;
        }

        /** What was below a folder, paths relative to it; folders before what they hold. */
        public List<Kept> listing(String digest) throws IOException {
            List<Kept> all = new ArrayList<>();
            for (String line : LineFile.read(file(digest))) {
                JsonTree.object(line).flatMap(Kept::of).ifPresent(all::add);
            }
            return all;
        }
    }

    /** What is kept on this host; nothing when no run has kept anything. */
    public static BackupIndex of(StateDirectory state) throws IOException {
        Path index = state.index();
        Objects objects = new Objects(new ObjectStore(state.objects(), warning -> {}));
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(index)) {
            return new BackupIndex(entries, objects);
        }
        int number = 1;
        for (String line : LineFile.read(index)) {
            int at = number++;
            JsonTree.object(line).flatMap(fields -> Entry.of(at, fields)).ifPresent(entries::add);
        }
        return new BackupIndex(entries, objects);
    }

    /** The paths that have held a secret before or after some run. */
    public Set<Path> hidden() {
        return entries.stream()
                .filter(Entry::hidden)
                .map(entry -> entry.kept().path())
                .collect(Collectors.toSet());
    }

    /** Those that one run kept. */
    public List<Entry> ofRun(String run) {
        return entries.stream().filter(entry -> entry.run().equals(run)).toList();
    }
}
