package dev.converge.schema;

import dev.converge.model.Declared;
import dev.converge.model.Ensure;
import dev.converge.model.OwnsPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The links that a manifest declares, by which one path has two names. Those of the host alone are not known yet. */
final class DeclaredLinks {
    /** As many as Linux follows; a circle ends here too. */
    private static final int MOST = 40;

    private final Map<Path, Path> targets = new HashMap<>();

    void add(Declared<?> owner) {
        if (owner.ensure() == Ensure.PRESENT) {
            ((OwnsPath) owner.desired())
                    .leads()
                    .ifPresent(to -> targets.put(Path.of(owner.id().name()), to));
        }
    }

    /**
     * Another name of a path, with all links on the way followed; empty when none is.
     *
     * @param last whether a link at the path itself is followed too
     */
    Optional<String> followed(String name, boolean last) {
        if (targets.isEmpty()) {
            return Optional.empty();
        }
        Path path = Path.of(name);
        for (int steps = 0; steps < MOST; steps++) {
            Optional<Path> next = step(path, last);
            if (next.isEmpty()) {
                return steps == 0 ? Optional.empty() : Optional.of(path.toString());
            }
            path = next.get();
        }
        return Optional.empty();
    }

    private Optional<Path> step(Path path, boolean last) {
        for (int names = 1; names <= path.getNameCount() - (last ? 0 : 1); names++) {
            Path above = path.getRoot().resolve(path.subpath(0, names));
            Path target = targets.get(above);
            if (target != null) {
                return Optional.of(target.resolve(above.relativize(path)).normalize());
            }
        }
        return Optional.empty();
    }
}
