package dev.converge.data;

import java.util.List;
import java.util.Optional;

/**
 * What a lookup has come to.
 *
 * @param key what was asked for
 * @param merge how values of several levels became one
 * @param merged the key under which values were merged: the whole key, or its beginning when a rule is about that
 * @param value the value; empty when no level has one
 * @param steps each place that could be asked, in order
 */
public record Lookup(String key, Merge merge, String merged, Optional<DataValue> value, List<Step> steps) {
    public Lookup {
        steps = List.copyOf(steps);
    }
}
