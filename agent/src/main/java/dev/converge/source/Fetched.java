package dev.converge.source;

import dev.converge.diagnostic.Diagnostic;

/** What came of asking for the newest commit. */
public sealed interface Fetched {
    /** Another commit than the one in force; it counts once it was accepted. */
    record Newest(SiteCopy copy) implements Fetched {}

    /** The commit in force is the newest. */
    record Same(SiteCopy copy) implements Fetched {}

    /** Nobody answered, or not in time, or would not tell us. */
    record Unreachable(Diagnostic why) implements Fetched {}

    /** There is a newer commit, and it is not trusted. */
    record Refused(String commit, Diagnostic why) implements Fetched {}
}
