package dev.converge.language;

import dev.converge.diagnostic.Code;
import dev.converge.diagnostic.Diagnostic;
import dev.converge.diagnostic.SourceRange;
import dev.converge.model.Attribute;
import dev.converge.model.InvalidValueException;
import dev.converge.schema.RecordSchema;
import dev.converge.schema.WordForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What an author gives between one pair of braces, until it becomes the components of a record. */
final class GivenValues {
    private final Evaluation evaluation;
    private final RecordSchema<?> schema;
    private final Given[] given;
    private boolean refused;

    GivenValues(Evaluation evaluation, RecordSchema<?> schema) {
        this.evaluation = evaluation;
        this.schema = schema;
        this.given = new Given[schema.attributes().size()];
    }

    /** Takes a value; a later one takes its place, but lists that have words grow. */
    void set(int attribute, Object value) {
        if (schema.words().stream().anyMatch(word -> word.attribute() == attribute)) {
            add(attribute, value);
            return;
        }
        given[attribute] = new Given(value, evaluation.position());
    }

    /** Adds values to a list. */
    void add(int attribute, Object values) {
        Given written = new Given(values, evaluation.position());
        elements(attribute)
                .addAll(evaluation
                        .coercion()
                        .list(schema, schema.attributes().get(attribute), written)
                        .orElseGet(this::refuse));
    }

    /** Adds the element that a word makes to its list. */
    void append(int word, Object... parts) {
        WordForm form = schema.words().get(word);
        Given written = new Given(Arrays.asList(parts), evaluation.position());
        elements(form.attribute())
                .addAll(evaluation
                        .coercion()
                        .element(schema, word, written)
                        .<List<Object>>map(List::of)
                        .orElseGet(this::refuse));
    }

    private List<Object> refuse() {
        refused = true;
        return List.of();
    }

    @SuppressWarnings("unchecked")
    private List<Object> elements(int attribute) {
        if (given[attribute] == null) {
            given[attribute] = new Given(new ArrayList<>(), evaluation.position());
        }
        return (List<Object>) given[attribute].value();
    }

    /**
     * The components, without the name.
     *
     * @param shown what needs them, for messages
     * @param at where that stands
     * @param complete whether all that is required has to be there
     * @return null when something was refused or is missing, which has then been reported
     */
    Object[] values(String shown, SourceRange at, boolean complete) {
        Object[] values = new Object[given.length];
        boolean good = !refused;
        for (Attribute attribute : schema.attributes()) {
            if (attribute.role() == Attribute.Role.ID) {
                continue;
            }
            Given value = given[attribute.index()];
            if (value == null && complete && attribute.isRequired()) {
                evaluation.report(missing(shown, attribute).at(at));
                good = false;
                continue;
            }
            Object made = value == null
                    ? evaluation.coercion().absent(schema, attribute)
                    : evaluation.coercion().value(schema, attribute, value).orElse(null);
            good &= made != null;
            values[attribute.index()] = made;
        }
        return good ? values : null;
    }

    static Diagnostic missing(String shown, Attribute attribute) {
        return Diagnostic.error(
                Code.MISSING_ATTRIBUTE,
                "Missing attribute",
                shown + " needs \"" + attribute.name() + "\": " + attribute.doc());
    }

    /** Makes the record; null when its type refuses it, which has then been reported. */
    <T> T create(RecordSchema<T> type, Object[] values, SourceRange at) {
        try {
            return type.create(values);
        } catch (InvalidValueException e) {
            evaluation.report(new RefusedRecord(type, values, e).diagnostic(this::place, this::absent, at));
            return null;
        }
    }

    private Optional<SourceRange> place(Attribute attribute) {
        return Optional.ofNullable(given[attribute.index()]).map(Given::at);
    }

    private Object absent(Attribute attribute) {
        return evaluation.coercion().absent(schema, attribute);
    }
}
