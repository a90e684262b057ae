package dev.converge.serve;

import dev.converge.diagnostic.Diagnostic;
import java.time.Instant;
import java.util.Optional;

/**
 * How the site stands.
 *
 * @param since when what is in force came into force
 * @param newest the newest that is known of
 * @param problem why that is not in force, or not known; fit for everybody to read
 * @param fetchFailures how often the site could not be asked for
 */
record Standing(Instant since, String newest, Optional<String> problem, long fetchFailures) {
    /** A problem in a few words, with its place: the details are for the log. */
    static String brief(Diagnostic problem) {
        return problem.summary()
                + problem.at().map(at -> " at " + at.file() + ":" + at.line()).orElse("");
    }

    Standing good(String commit) {
        return new Standing(since, commit, Optional.empty(), fetchFailures);
    }

    Standing bad(Optional<String> commit, String why) {
        return new Standing(since, commit.orElse(newest), Optional.of(why), fetchFailures);
    }

    Standing unreached(String why) {
        return new Standing(since, newest, Optional.of(why), fetchFailures + 1);
    }
}
