package dev.converge.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the nearest known name to one that is not known. */
public final class Suggestions {
    private static final int SHORTEST = 3;
    private static final int LONGEST_ABBREVIATION = 5;

    private Suggestions() {}

    /** A whole sentence, {@code Did you mean "content"?}, when a known name is near enough to be worth naming. */
    public static Optional<String> didYouMean(String unknown, Collection<String> known) {
        return nearest(unknown, known)
                .or(() -> shortened(unknown, known))
                .map(name -> "Did you mean \"" + name + "\"?");
    }

    /** The nearest known name by edit distance (with transpositions), at most a third of the name's length away. */
    public static Optional<String> nearest(String unknown, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(1, unknown.length() / 3) + 1;
        String wanted = unknown.toLowerCase(Locale.ROOT);
        for (String candidate : known) {
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** {@code environment} for {@code env}. */
    private static Optional<String> shortened(String unknown, Collection<String> known) {
        String begun = unknown.toLowerCase(Locale.ROOT);
        return begun.length() < SHORTEST || begun.length() > LONGEST_ABBREVIATION
                ? Optional.empty()
                : known.stream()
                        .filter(candidate -> candidate.toLowerCase(Locale.ROOT).startsWith(begun))
                        .findFirst();
    }

    /** Optimal string alignment distance. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1] + 1, last[j] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
