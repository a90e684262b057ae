package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.InvalidValueException;
import dev.converge.model.SiteFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a record holds that an author fills in between braces: generated, so that no reflection is needed to build,
 * print or document one.
 */
public abstract class RecordSchema<T> {
    private final String name;
    private final String summary;
    private final List<Attribute> attributes;

    protected RecordSchema(String name, String summary, List<Attribute> attributes) {
        this.name = name;
        this.summary = summary;
        this.attributes = attributes;
    }

    /** What stands before the braces. */
    public final String name() {
        return name;
    }

    /** What it is for, from the record's Javadoc. */
    public final String summary() {
        return summary;
    }

    /** In the order of the record's components. */
    public final List<Attribute> attributes() {
        return attributes;
    }

    public final Optional<Attribute> attribute(String wanted) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(wanted)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    /** The words that add elements to its lists. */
    public List<WordForm> words() {
        return List.of();
    }

    /**
     * The element that a word makes.
     *
     * @param word its place among {@link #words}
     * @param values one for each of its parts; text where that is parsed
     * @throws InvalidValueException when one of them is refused
     */
    public Object element(int word, Object[] values) {
        throw new IllegalArgumentException(name + " has no word " + word);
    }

    /** The components of a record, in order. */
    public abstract Object[] values(T record);

    /** A record from its components, in order and of the components' types. */
    public abstract T create(Object[] values);

    /**
     * A record with other values for some of its components.
     *
     * @param changed by the components' names, of the components' own types
     */
    public final T with(T record, Map<String, ?> changed) {
        Object[] values = values(record);
        changed.forEach(
                (component, value) -> values[attribute(component).orElseThrow().index()] = value);
        return create(values);
    }

    /**
     * One value of an attribute from its text.
     *
     * @throws InvalidValueException when the attribute's type refuses it
     */
    public abstract Object parse(int attribute, String text, SiteFiles files);
}
