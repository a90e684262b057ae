package dev.converge.data;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.diagnostic.Suggestions;
import dev.converge.facts.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges the facts that are written in a hierarchy's paths: a level whose fact no host has is skipped without a word. */
final class PathFacts {
    private static final Pattern OF_HIERA = Pattern.compile("%\\{\\s*(?:::)?(?:facts\\.)?([\\w.]+)[^}]*}");

    private final Facts facts;

    PathFacts(Facts facts) {
        this.facts = facts;
    }

    /** Warnings about a text. */
    List<Diagnostic> judge(String text, SourceRange at) {
        List<Diagnostic> warnings = new ArrayList<>();
        Matcher hiera = OF_HIERA.matcher(text);
        while (hiera.find()) {
            warnings.add(warning("Hiera's " + hiera.group() + " is plain text here.")
                    .at(at)
                    .suggest("Write ${" + hiera.group(1) + "}."));
        }
        for (String fact : new PathPattern(text).facts()) {
            misspelt(fact)
                    .ifPresent(advice -> warnings.add(warning("This host has no fact \"" + fact
                                    + "\", and it looks like one that every host has.")
                            .at(at)
                            .suggest(advice)));
        }
        return warnings;
    }

    /** The host is asked last, and only about a name that is near: a fact of its own may cost a program. */
    private Optional<String> misspelt(String fact) {
        boolean known = Facts.NAMES.stream().anyMatch(name -> fact.equals(name) || fact.startsWith(name + "."));
        return known
                ? Optional.empty()
                : Suggestions.didYouMean(fact, Facts.NAMES)
                        .filter(advice -> facts.find(fact).isEmpty());
    }

    private static Diagnostic warning(String detail) {
        return Diagnostic.warning(Code.DATA, "Bad hierarchy", detail);
    }
}
