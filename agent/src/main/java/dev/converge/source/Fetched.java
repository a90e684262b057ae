package dev.converge.source;

import dev.converge.diagnostic.Diagnostic;

/** What asking the repository came to. */
public sealed interface Fetched {
    /** Another commit than the one in force. */
    record Newest(SiteCopy copy) implements Fetched {}

    /** The commit that is in force already. */
    record Same(SiteCopy copy) implements Fetched {}

    /** The repository could not be asked, or what it has could not be kept. What is in force stays so. */
    record Unreachable(Diagnostic why) implements Fetched {}

    /** There is a commit that must not be used: not signed by one who may, or a history that was rewritten. */
    record Refused(String commit, Diagnostic why) implements Fetched {}
}
