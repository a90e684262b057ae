package dev.converge.schema;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.model.Declared;
import java.util.List;

/** A rule of a site that judges what its manifests declare, before a host is looked at. */
public interface CatalogPolicy {
    /**
     * What breaks the rule, each at its place: all in one go, those in composites too. Where the policy itself stands
     * is added to each.
     *
     * @param resources what the site declares for a host, in the order of declaration
     */
    List<Diagnostic> judge(List<Declared<?>> resources);

    /** A resource breaks the rule. */
    static Diagnostic refusal(Declared<?> resource, String why) {
        return Diagnostic.error(Code.POLICY, "Against the site's policy", resource.id() + ": " + why)
                .at(resource.source());
    }
}
