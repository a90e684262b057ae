package dev.converge.sink;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.filesystem.Removal;
import dev.converge.model.Durations;
import dev.converge.sink.SinkState.Tally;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Spools of addresses that {@code agent.yaml} names no longer. What waits there goes when the address comes back, and is
 * dropped when it has waited for as long as reports usually do.
 */
final class OldSpools {
    static final OldSpools NONE = new OldSpools(List.of());

    private final List<Path> folders;

    private OldSpools(List<Path> folders) {
        this.folders = folders;
    }

    /** @param known the names of those in use */
    static OldSpools find(Path sinks, Set<String> known) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(sinks)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(sinks, SpoolName.FORM)) {
                all.forEach(found::add);
            } catch (IOException | DirectoryIteratorException e) {
                return NONE; // the sinks that are in use say what is wrong with the disk
            }
        }
        found.removeIf(folder -> known.contains(folder.getFileName().toString()));
        OldSpools old = new OldSpools(found);
        old.expire();
        return old;
    }

    /** Drops what has waited long enough, and folders in which nothing is left. */
    void expire() {
        for (Path folder : folders) {
            Spool spool = open(folder);
            if (spool.first().isEmpty() && spool.problem().isEmpty() && !isLookedAt(folder.resolve("refused"))) {
                remove(folder);
            }
        }
    }

    /** What a server has refused is there for somebody to look at. */
    private static boolean isLookedAt(Path refused) {
        try {
            Instant last = Files.getLastModifiedTime(refused).toInstant();
            return Duration.between(last, Instant.now()).compareTo(SinkKeys.SPOOL_AGE) < 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }

    private static Spool open(Path folder) {
        return Spool.open(folder, Long.MAX_VALUE, SinkKeys.SPOOL_AGE);
    }

    private static void remove(Path folder) {
        try {
            Removal.of(folder);
        } catch (IOException e) {
            // It is tried again with the next interval.
        }
    }

    /** Those in which something waits. */
    List<SinkState> states() {
        List<SinkState> all = new ArrayList<>();
        for (Path folder : folders) {
            Spool spool = open(folder);
            if (spool.count() > 0) {
                all.add(new SinkState(
                        folder.toString(),
                        new Tally(0, 0, 0, 0),
                        spool.count(),
                        spool.bytes(),
                        Optional.empty(),
                        Optional.of(unlisted(spool.count()))));
            }
        }
        return all;
    }

    private static Diagnostic unlisted(int waiting) {
        Duration age = SinkKeys.SPOOL_AGE;
        return Diagnostic.warning(
                        Code.STATE,
                        "Reports wait for nobody",
                        waiting + (waiting == 1 ? " report waits" : " reports wait")
                                + " for an address that agent.yaml does not name any more; each is dropped when it is "
                                + Durations.format(age) + " old.")
                .suggest("Put the address back to have them sent, or remove the folder.");
    }
}
