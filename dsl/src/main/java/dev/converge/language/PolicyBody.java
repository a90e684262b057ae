package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Attribute;
import dev.converge.schema.CatalogPolicy;
import dev.converge.schema.PolicySchema;
import java.util.Optional;

/** What stands between the braces of a policy: {@code policy.images { requireDigest true }}. */
public abstract class PolicyBody {
    private final PolicySchema<?> schema;
    private final GivenValues values;
    private final SourceRange at;

    protected PolicyBody(PolicySchema<?> schema, Declaring owner) {
        this.schema = schema;
        this.values = new GivenValues(owner.evaluation(), schema);
        this.at = owner.evaluation().position();
    }

    /** Called by the generated methods: what is allowed in one place and in another is allowed in both. */
    protected final void setAttribute(int attribute, Object value) {
        if (schema.attributes().get(attribute).shape() == Attribute.Shape.LIST) {
            values.add(attribute, value);
            return;
        }
        values.set(attribute, value);
    }

    /** Called by the generated methods. */
    protected final void append(int word, Object... parts) {
        values.append(word, parts);
    }

    final String name() {
        return schema.name();
    }

    final SourceRange at() {
        return at;
    }

    /** The policy; empty when something was refused, which has then been reported. */
    final Optional<CatalogPolicy> build() {
        return Optional.ofNullable(values.values(schema.name(), at, true))
                .map(components -> values.create(schema, components, at));
    }
}
