package dev.converge.report;

import dev.converge.model.ResourceId;
import java.util.Optional;

/**
 * A resource that an earlier run applied and that is declared no longer: it stays on the host as it is.
 *
 * @param id which
 * @param place where it was declared last, such as {@code site.groovy:3:1}
 * @param commit the commit that it was declared in last
 */
public record Unmanaged(ResourceId id, String place, Optional<String> commit) {}
