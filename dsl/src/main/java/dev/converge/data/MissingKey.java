package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.Suggestions;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Says that no level has a key, which places were asked, and which key was perhaps meant. */
public final class MissingKey {
    private MissingKey() {}

    /** The error, without its place. */
    public static Diagnostic of(Lookup lookup, Data data) {
        String key = lookup.key();
        return Diagnostic.error(
                        Code.UNKNOWN_KEY, "No such key", "No data has the key \"" + key + "\". " + asked(lookup))
                .suggest(near(key, data)
                        .or(() -> Optional.of(
                                "Write it into data/common.yaml, or give lookup a value for when it is not there.")));
    }

    private static Optional<String> near(String key, Data data) {
        try {
            return Suggestions.didYouMean(key, data.keys());
        } catch (DataFailure e) {
            return Optional.empty(); // A file that is broken is told of elsewhere.
        }
    }

    private static String asked(Lookup lookup) {
        Set<String> where = new LinkedHashSet<>();
        for (Step step : lookup.steps()) {
            where.add(step.where());
        }
        return where.isEmpty()
                ? "This site has no data."
                : "Asked " + (where.size() == 1 ? "was " : "were ") + String.join(", ", where) + ".";
    }
}
