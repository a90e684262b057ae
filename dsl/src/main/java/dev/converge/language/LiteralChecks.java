package dev.converge.language;

import dev.converge.model.Attribute;
import dev.converge.model.Content;
import dev.converge.model.InvalidValueException;
import dev.converge.model.Secret;
import dev.converge.model.SiteFiles;
import dev.converge.model.Text;
import dev.converge.schema.RecordSchema;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
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
            String word = call.getMethodAsString();
            Optional<RecordSchema<?>> schema = braces.schema(configuration.types());
            Optional<Attribute> attribute = schema.flatMap(known -> known.attribute(word));
            attribute
                    .filter(known -> !NOT_PARSED.contains(known.valueType()))
                    .ifPresent(known -> arguments.forEach(value -> parse(schema.orElseThrow(), known, value)));
            if (attribute.isEmpty() && braces.has(word, configuration.types())) {
                TurnWord.of(word)
                        .filter(TurnWord::takesText)
                        .ifPresent(known -> arguments.forEach(value -> parse(known, value)));
            }
        }
    }

    private void parse(TurnWord word, Expression value) {
        if (value instanceof ListExpression list) {
            list.getExpressions().forEach(element -> parse(word, element));
        }
        if (value instanceof ConstantExpression constant && constant.getValue() instanceof String text) {
            try {
                word.read(text);
            } catch (InvalidValueException e) {
                configuration.note(word.refusal(e).at(GroovyErrors.range(source, value)));
            }
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
