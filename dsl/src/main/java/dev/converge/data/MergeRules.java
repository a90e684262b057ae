package dev.converge.data;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a hierarchy says of merging: the rules of its {@code merge}, by patterns of keys. */
final class MergeRules {
    static final MergeRules NONE = new MergeRules(Map.of());

    private final Map<Pattern, Merge> rules = new LinkedHashMap<>();
    private final Map<String, Merge> exact;

    /** @param rules by keys in which {@code *} stands for any text; the first that matches counts, whole keys before all */
    MergeRules(Map<String, Merge> rules) {
        this.exact = rules;
        rules.forEach((key, merge) -> {
            if (key.indexOf('*') >= 0) {
                this.rules.put(Pattern.compile(Pattern.quote(key).replace("*", "\\E.*\\Q")), merge);
            }
        });
    }

    Optional<Merge> of(String key) {
        Merge whole = exact.get(key);
        if (whole != null) {
            return Optional.of(whole);
        }
        for (Map.Entry<Pattern, Merge> rule : rules.entrySet()) {
            if (rule.getKey().matcher(key).matches()) {
                return Optional.of(rule.getValue());
            }
        }
        return Optional.empty();
    }
}
