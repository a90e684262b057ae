package dev.converge.restore;

import dev.converge.state.BackupIndex;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Which run after a given one was the first to replace a path again. */
final class LaterRuns {
    private final Map<Path, String> replaced = new HashMap<>();

    static LaterRuns of(BackupIndex index, String run) {
        LaterRuns later = new LaterRuns();
        for (BackupIndex.Entry entry : index.entries()) {
            if (entry.run().compareTo(run) > 0) {
                later.replaced.putIfAbsent(entry.kept().path(), entry.run());
            }
        }
        return later;
    }

    /** Why a path is not as the run left it, as a sentence. */
    String since(Path path) {
        String run = replaced.get(path);
        return run == null
                ? path + " was changed since that run, by something else than Converge."
                : path + " was changed since that run: the run " + run + " has replaced it again.";
    }
}
