package dev.converge.schema;

import dev.converge.model.Attribute;
import java.util.List;

/** A policy that a site may set: generated as {@code ImagesPolicyType} from {@code ImagesPolicy}. */
public abstract class PolicySchema<P extends CatalogPolicy> extends RecordSchema<P> {
    /** What stands before the name of a policy. */
    public static final String PREFIX = "policy.";

    protected PolicySchema(String name, String summary, List<Attribute> attributes) {
        super(PREFIX + name, summary, attributes);
    }
}
