package dev.converge.memory;

import dev.converge.model.Ensure;
import dev.converge.model.ResourceId;
import java.util.Map;

/**
 * A resource as it was applied last.
 *
 * @param id which
 * @param ensure whether it was to exist
 * @param place where it was declared, such as {@code site.groovy:3:1}
 * @param commit the commit that it was declared in; empty when that is not known
 * @param corrections in how many live runs in a row it had to be corrected, up to the last one
 * @param attributes the {@link Fingerprint} of each attribute that was given, by its name
 */
record Applied(
        ResourceId id, Ensure ensure, String place, String commit, int corrections, Map<String, String> attributes) {

    Applied corrected(int times) {
        return times == corrections ? this : new Applied(id, ensure, place, commit, times, attributes);
    }
}
