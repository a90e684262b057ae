package dev.converge.facts;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Facts from a tree, such as a file that {@code converge facts} printed on another host. */
public final class FixedFacts implements FactSource {
    private final Map<String, Object> tree;

    public FixedFacts(Map<String, Object> tree) {
        this.tree = Collections.unmodifiableMap(new TreeMap<>(tree));
    }

    @Override
    public Optional<Object> fact(String path) {
        Object at = tree;
        for (String part : path.split("\\.")) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(part)) {
                return Optional.ofNullable(tree.get(path));
            }
            at = map.get(part);
        }
        return Optional.ofNullable(at);
    }

    @Override
    public Map<String, Object> all() {
        return tree;
    }
}
