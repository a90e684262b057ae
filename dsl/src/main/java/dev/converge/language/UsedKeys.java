package dev.converge.language;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which keys of the data something in the site uses, as far as one can tell without running what other hosts run: a key
 * that some manifest writes out counts.
 */
final class UsedKeys implements Predicate<String> {
    private final Set<String> asked;
    private final List<String> prefixes;
    private final List<SourceFile> sources;

    /**
     * @param asked the keys that were looked up
     * @param classes names of the site's classes
     * @param sources where keys may be written
     */
    UsedKeys(Set<String> asked, Set<String> classes, List<SourceFile> sources) {
        this.asked = asked;
        this.prefixes = classes.stream().map(ParameterKeys::prefix).toList();
        this.sources = sources;
    }

    @Override
    public boolean test(String key) {
        return prefixes.stream().anyMatch(prefix -> isWithin(prefix, key))
                || asked.stream().anyMatch(other -> isWithin(other, key) || isWithin(key, other))
                || sources.stream().anyMatch(source -> source.text().contains(key));
    }

    private static boolean isWithin(String key, String around) {
        return key.equals(around) || key.startsWith(around + ".");
    }
}
