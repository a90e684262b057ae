package dev.converge.module;

import dev.converge.diagnostic.SourceRange;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What a {@code module.yaml} says of its module.
 *
 * @param summary one line of what it is for; may be empty
 * @param requires the other modules that it cannot do without, in the order written
 * @param systems the values of {@code os.name} or {@code os.family} that it is made for; any when empty
 * @param converge the versions of Converge that it works with
 * @param at where its name is written
 * @param systemsAt where {@code systems} is written; its name's place when it is not
 */
public record ModuleDescription(
        String name,
        Version version,
        String summary,
        Map<String, Requirement> requires,
        List<String> systems,
        VersionRange converge,
        SourceRange at,
        SourceRange systemsAt) {

    /**
     * That another module is needed.
     *
     * @param at where that is written
     */
    public record Requirement(VersionRange range, SourceRange at) {}

    /**
     * Whether it is made for a host.
     *
     * @param names the {@code os.name} and {@code os.family} of the host
     */
    public boolean supports(Collection<String> names) {
        return systems.isEmpty() || !Collections.disjoint(systems, names);
    }

    /** What the names of its classes begin with, in lower case: {@code container-host} has a {@code ContainerHost}. */
    String classPrefix() {
        return name.replace("-", "").replace("_", "");
    }

    /** Its name and version. */
    @Override
    public String toString() {
        return name + " " + version;
    }
}
