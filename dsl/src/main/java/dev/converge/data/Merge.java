package dev.converge.data;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the values of several levels become one.
 *
 * @param strategy which of them count, and how
 * @param knockout what a value begins with that takes a lower level's away
 */
public record Merge(Strategy strategy, Optional<String> knockout) {
    /** The value of the first level that has one. */
    public static final Merge FIRST = of(Strategy.FIRST);

    /** What becomes of values of several levels. */
    public enum Strategy {
        /** The first level that has a value gives it. */
        FIRST,
        /** Lists are joined, values that are in several are in it once. */
        UNIQUE,
        /** Maps are joined by their own keys; of a key that several have, the higher level's value counts. */
        HASH,
        /** Maps are joined, and the maps in them too; lists are joined as by {@link #UNIQUE}. */
        DEEP;

        /** As it is written. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The strategy of this word. */
        public static Optional<Strategy> of(String word) {
            return Stream.of(values())
                    .filter(known -> known.word().equals(word))
                    .findFirst();
        }

        /** What can be written. */
        public static List<String> words() {
            return Stream.of(values()).map(Strategy::word).toList();
        }
    }

    public static Merge of(Strategy strategy) {
        return new Merge(strategy, Optional.empty());
    }

    /** Whether lower levels count at all. */
    boolean isFirst() {
        return strategy == Strategy.FIRST;
    }
}
