package dev.converge.memory;

import dev.converge.model.KeptInFiles;
import dev.converge.model.OwnsPath;
import dev.converge.provider.FileEdit;
import dev.converge.report.Outcome;
import dev.converge.report.ResourceReport;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A resource that had to be changed in several runs in a row, although the manifest did not.
 *
 * @param report its part in the last run
 * @param times in how many
 */
record Restless(ResourceReport report, int times) {
    /** The paths that it writes, as far as they are known. */
    Set<Path> paths() {
        Set<Path> paths = new LinkedHashSet<>();
        if (report.declared().desired() instanceof OwnsPath) {
            paths.add(Path.of(report.declared().id().name()));
        }
        if (report.declared().desired() instanceof KeptInFiles kept) {
            paths.addAll(kept.files());
        }
        if (report.outcome() instanceof Outcome.Changed changed) {
            changed.change().edits().stream().map(FileEdit::path).forEach(paths::add);
        }
        return paths;
    }
}
