package dev.converge.pkg;

import java.util.List;
import java.util.Optional;

/**
 * What can be installed of a package.
 *
 * @param candidate the version that the package manager would take by itself; empty for a virtual package
 * @param versions all that it knows, the newest first
 */
record Policy(Optional<String> candidate, List<String> versions) {
    /** The newest version that a wish admits. */
    Optional<String> best(PkgVersion wish, VersionOrder order) {
        return switch (wish.kind()) {
            case ANY, LATEST, BROKEN -> candidate;
            case EXACT, PREFIX ->
                versions.stream().filter(version -> wish.admits(version, order)).max(order::compare);
        };
    }
}
