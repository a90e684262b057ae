package dev.converge.language;

import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.SiteFiles;
import dev.converge.model.Text;
import dev.converge.schema.RecordSchema;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;

/**
 * Finds literals that their attribute refuses without running the manifest: they are shown together with the type
 * errors, and for branches that no host takes.
 */
final class LiteralChecks {
    /** Types that take any text, and those that take none: the type checker judges these. */
    private static final Set<Class<?>> NOT_PARSED =
            Set.of(Text.class, Secret.class, Content.class, String.class, Integer.class, Long.class, Boolean.class);

    private final SiteConfiguration configuration;
    private final SourceFile source;

    LiteralChecks(SiteConfiguration configuration, SourceFile source) {
        this.configuration = configuration;
        this.source = source;
    }

    void check(MethodCallExpression call) {
        if (call.getNodeMetaData(BracesTransform.BRACES) instanceof Braces braces
                && call.getMethodAsString() != null
                && call.getArguments() instanceof TupleExpression arguments) {
            braces.schema(configuration.types()).ifPresent(schema -> schema.attribute(call.getMethodAsString())
                    .filter(attribute -> !NOT_PARSED.contains(attribute.valueType()))
                    .ifPresent(attribute -> arguments.forEach(value -> parse(schema, attribute, value))));
        }
    }

    private void parse(RecordSchema<?> schema, Attribute attribute, Expression value) {
        if (!(value instanceof ConstantExpression constant) || !(constant.getValue() instanceof String text)) {
            return;
        }
        SiteFiles unknown = name -> {
            throw new UnsupportedOperationException(name);
        };
        try {
            schema.parse(attribute.index(), text, unknown);
        } catch (InvalidValueException e) {
            configuration.note(ValueCoercion.refusal(schema, attribute, e).at(GroovyErrors.range(source, value)));
        } catch (UnsupportedOperationException e) {
            return; // Names a file of the site: the run looks for it.
        }
    }
}
