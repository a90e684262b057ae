package dev.converge.report;

import java.util.Map;

/**
 * Why a resource has to be changed, as a whole and attribute by attribute.
 *
 * @param whole of the whole change: the host's only when that is so of every attribute
 * @param attributes of each attribute that the change names
 */
public record Causes(Cause whole, Map<String, Cause> attributes) {
    public Causes {
        attributes = Map.copyOf(attributes);
    }

    /** The manifest's, as soon as it is so of one attribute; with none, what is said of all. */
    public static Causes of(Map<String, Cause> attributes, Cause otherwise) {
        if (attributes.containsValue(Cause.MANIFEST)) {
            return new Causes(Cause.MANIFEST, attributes);
        }
        return new Causes(otherwise, attributes);
    }
}
