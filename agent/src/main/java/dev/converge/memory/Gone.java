package dev.converge.memory;

import dev.converge.model.ResourceId;

/**
 * A resource that was applied once and is declared no longer.
 *
 * @param id which
 * @param place where it was declared last, such as {@code site.groovy:3:1}
 * @param commit the commit that it was declared in last; empty when that is not known
 * @param since when the first run without it was, in seconds since 1970
 */
record Gone(ResourceId id, String place, String commit, long since) {}
