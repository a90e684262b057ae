package dev.converge.pkg;

import java.util.Map;
import java.util.Set;

/**
 * Why a transaction failed, as far as the package manager tells.
 *
 * @param general whether it would fail for any package: another program is at work, the disk is full
 * @param unreachable whether something could not be fetched
 * @param broken the packages that failed by themselves, each with what is said of it
 * @param suspected the packages that may be the reason why nothing was done
 */
record Setback(boolean general, boolean unreachable, Map<String, String> broken, Set<String> suspected) {
    Setback {
        broken = Map.copyOf(broken);
        suspected = Set.copyOf(suspected);
    }

    /** One of which no more is known. */
    static Setback of(boolean general) {
        return new Setback(general, false, Map.of(), Set.of());
    }
}
