package dev.converge.pkg;

import java.util.List;
import java.util.Optional;

/**
 * What apt can install of a package.
 *
 * @param candidate the version that it would take by itself; empty for a virtual package
 * @param versions all that it knows, the newest first
 */
record Policy(Optional<String> candidate, List<String> versions) {
    /** The newest version that a wish admits. */
    Optional<String> best(PkgVersion wish) {
        return switch (wish.kind()) {
            case ANY, LATEST, BROKEN -> candidate;
            case EXACT, PREFIX -> versions.stream().filter(wish::admits).max(DebianVersion::compare);
        };
    }
}
