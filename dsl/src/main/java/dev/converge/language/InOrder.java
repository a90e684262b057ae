package dev.converge.language;

import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts diagnostics into the order of their places, one for each mistake. */
final class InOrder {
    private InOrder() {}

    /**
     * Of several that speak of one mistake the first is kept; that something is not allowed counts less than that it is
     * wrong, and the type of what is not known less than that it is not known.
     */
    static List<Diagnostic> of(List<Diagnostic> all) {
        List<Diagnostic> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(InOrder::weight));
        Map<String, Diagnostic> byMistake = new LinkedHashMap<>();
        Set<String> places = new HashSet<>();
        for (Diagnostic diagnostic : sorted) {
            boolean newPlace = places.add(place(diagnostic));
            if (newPlace || weight(diagnostic) == 0) {
                byMistake.putIfAbsent(mistake(diagnostic), diagnostic);
            }
        }
        List<Diagnostic> kept = new ArrayList<>(byMistake.values());
        kept.sort(Comparator.comparing(
                diagnostic -> diagnostic.at().orElse(null), Comparator.nullsFirst(Comparator.naturalOrder())));
        return kept;
    }

    private static int weight(Diagnostic diagnostic) {
        return switch (diagnostic.code()) {
            case WRONG_TYPE -> 1;
            case FORBIDDEN -> 2;
            default -> 0;
        };
    }

    private static String place(Diagnostic diagnostic) {
        return diagnostic.at().map(SourceRange::toString).orElseGet(diagnostic::detail);
    }

    /** A literal is refused both when it is compiled and when it is used; a loop uses it under several names. */
    private static String mistake(Diagnostic diagnostic) {
        String line = diagnostic.at().map(at -> at.file() + ":" + at.line()).orElse("");
        return switch (diagnostic.code()) {
            case BAD_VALUE -> line + diagnostic.detail();
            case MISSING_ATTRIBUTE -> line + diagnostic.detail().replaceFirst("^.*? needs ", "");
            default -> place(diagnostic) + diagnostic.code() + diagnostic.detail();
        };
    }
}
