package dev.converge.plan;

import dev.converge.report.Origin;
import dev.converge.report.Run;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a plan was made from.
 *
 * @param run the dry run
 * @param site the manifest, or the folder with the site
 * @param tags what the run was limited to
 * @param origin which commit, and digests of all that went into the catalog
 * @param facts those that the manifest read, by their names with dots
 */
public record Basis(Run run, Path site, SortedSet<String> tags, Origin origin, Map<String, Object> facts) {
    public Basis {
        tags = Collections.unmodifiableSortedSet(tags);
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
    }

    public Basis(Run run, Path site, Set<String> tags, Origin origin, Map<String, Object> facts) {
        this(run, site, (SortedSet<String>) new TreeSet<>(tags), origin, facts);
    }
}
