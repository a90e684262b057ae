package dev.converge.converger;

import dev.converge.model.Catalog;
import dev.converge.model.ResourceId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What runs began and did not end.
 *
 * @param unfinished resources of which nobody knows whether their change was made, or how far
 * @param refreshes resources that have not been refreshed since something that notifies them was changed
 */
public record Debts(Set<ResourceId> unfinished, Set<ResourceId> refreshes) {
    public static final Debts NONE = new Debts(Set.of(), Set.of());

    public Debts {
        unfinished = Collections.unmodifiableSet(new LinkedHashSet<>(unfinished));
        refreshes = Collections.unmodifiableSet(new LinkedHashSet<>(refreshes));
    }

    /** Those of resources that a catalog does not have. */
    public Debts without(Catalog catalog) {
        return of(id -> catalog.find(id).isEmpty());
    }

    /** Those of some resources. */
    public Debts of(Predicate<ResourceId> wanted) {
        Set<ResourceId> half = new LinkedHashSet<>(unfinished);
        half.removeIf(wanted.negate());
        Set<ResourceId> owed = new LinkedHashSet<>(refreshes);
        owed.removeIf(wanted.negate());
        return new Debts(half, owed);
    }

    /** Without some of them. */
    public Debts less(Debts others) {
        Set<ResourceId> half = new LinkedHashSet<>(unfinished);
        half.removeAll(others.unfinished);
        Set<ResourceId> owed = new LinkedHashSet<>(refreshes);
        owed.removeAll(others.refreshes);
        return new Debts(half, owed);
    }

    /** Not by {@link #equals}: what a record brings is linked at its first call, which takes longer than all else here. */
    public boolean matches(Debts others) {
        return unfinished.equals(others.unfinished) && refreshes.equals(others.refreshes);
    }

    public boolean isEmpty() {
        return unfinished.isEmpty() && refreshes.isEmpty();
    }
}
