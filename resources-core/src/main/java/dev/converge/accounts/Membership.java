package dev.converge.accounts;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which names of a set a comparison is about. */
final class Membership {
    private Membership() {}

    /** All names when the wanted ones shall be the only ones, else those of the wanted ones that are there. */
    static Set<String> seen(Set<String> all, Set<String> wanted, boolean exclusive) {
        if (exclusive) {
            return all;
        }
        Set<String> seen = new LinkedHashSet<>(wanted);
        seen.retainAll(all);
        return Collections.unmodifiableSet(seen);
    }
}
