package dev.converge.pkg;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a host's package sources offer, as its lists of packages say, and how old those lists are. */
interface Offers {
    /** What there is of a package; empty when the lists do not know it. */
    Optional<Policy> find(PkgName name) throws IOException, InterruptedException;

    /** Asks for several packages at once, so that {@link #find} need not. */
    void expect(Collection<PkgName> names) throws IOException, InterruptedException;

    /** Names in the lists that begin like this one. */
    List<String> namesLike(PkgName name) throws IOException, InterruptedException;

    /** Packages that bring what a virtual package stands for. */
    List<String> providersOf(PkgName name) throws IOException, InterruptedException;

    /** Whether there are lists at all: without them nothing can be said of the newest version. */
    boolean areKnown() throws IOException, InterruptedException;

    boolean isOlderThan(Duration age) throws IOException, InterruptedException;

    /** Whether the sources have changed since: the lists say nothing of what is new there. */
    boolean isBehindSources() throws IOException, InterruptedException;

    /** Whether this run has refreshed the lists, so that asking again would give the same. */
    boolean isRefreshed() throws IOException, InterruptedException;

    /** Fetches the lists anew; what could not be fetched, when something could not. */
    Optional<String> refresh(Duration lockTimeout) throws IOException, InterruptedException;
}
