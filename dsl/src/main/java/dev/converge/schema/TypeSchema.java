package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Ensure;
import dev.converge.model.InvalidValueException;
import dev.converge.model.PartedName;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import dev.converge.model.SiteFiles;
import dev.converge.provider.Provider;
import java.util.List;
import java.util.Optional;

/**
 * A resource type, generic over its record: generated as {@code FileType} from {@code FileResource}, so that no
 * reflection is needed to diff, print, document or build a resource.
 */
public abstract class TypeSchema<R extends Resource> {
    /** A word of {@code ensure} that stands for an attribute. */
    public record EnsureAlias(String word, Ensure ensure, String attribute, String value) {}

    /** What stands between the parts of a name. */
    public static final String NAME_SEPARATOR = ":";

    private static final SiteFiles NO_FILES = file -> {
        throw new InvalidValueException("A name is no file of the site.");
    };

    private final String name;
    private final String summary;
    private final String creation;
    private final boolean absentable;
    private final List<Attribute> attributes;
    private final List<EnsureAlias> ensureAliases;

    protected TypeSchema(
            String name,
            String summary,
            String creation,
            boolean absentable,
            List<Attribute> attributes,
            List<EnsureAlias> ensureAliases) {
        this.name = name;
        this.summary = summary;
        this.creation = creation;
        this.absentable = absentable;
        this.attributes = attributes;
        this.ensureAliases = ensureAliases;
    }

    /** The word in the manifest. */
    public final String name() {
        return name;
    }

    /** What the type is for, from the record's Javadoc. */
    public final String summary() {
        return summary;
    }

    /** A declaration to start from, when the type brings one. */
    public Optional<String> example() {
        return Optional.empty();
    }

    /** What comes first where it is declared: resources, such as {@code pkg[libaugeas0]}, and whole types. */
    public List<String> after() {
        return List.of();
    }

    /** What a creation is called in output, such as {@code created}. */
    public final String creation() {
        return creation;
    }

    public final boolean absentable() {
        return absentable;
    }

    /** In the order of the record's components. */
    public final List<Attribute> attributes() {
        return attributes;
    }

    public final List<EnsureAlias> ensureAliases() {
        return ensureAliases;
    }

    public final Optional<Attribute> attribute(String wanted) {
        for (Attribute attribute : attributes) {
            if (attribute.name().equals(wanted)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }

    public final Attribute idAttribute() {
        for (Attribute attribute : attributes) {
            if (attribute.role() == Attribute.Role.ID) {
                return attribute;
            }
        }
        throw new IllegalStateException(name + " has no @Id component");
    }

    /** What the arguments are called that make up a resource's name; empty when the name is one argument. */
    public List<String> nameParts() {
        return List.of();
    }

    /** The attribute that may follow the name, without its word. */
    public Optional<Attribute> argument() {
        return Optional.empty();
    }

    /** The words that add elements to lists of this type. */
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

    /** The arguments with which a manifest names a resource: the parts of its name, or the one text that it is. */
    public final List<String> nameArguments(String resource) {
        if (nameParts().isEmpty()) {
            return List.of(resource);
        }
        Object parsed = parse(idAttribute().index(), resource, NO_FILES);
        return parsed instanceof PartedName parted
                ? parted.parts()
                : List.of(resource.split(NAME_SEPARATOR, nameParts().size()));
    }

    /**
     * The id of the resource that a text names: two spellings of one name are one id. What is no name of this type
     * names nothing, under itself.
     */
    public final ResourceId id(String resource) {
        try {
            return new ResourceId(
                    name, parse(idAttribute().index(), resource, NO_FILES).toString());
        } catch (InvalidValueException e) {
            return new ResourceId(name, resource);
        }
    }

    /** The components of a resource, in order. */
    public abstract Object[] values(R resource);

    /** A resource from its components, in order and of the components' types. */
    public abstract R create(Object[] values);

    /**
     * One value of an attribute from its text.
     *
     * @throws InvalidValueException when the attribute's type refuses it
     */
    public abstract Object parse(int attribute, String text, SiteFiles files);

    /** A new provider. */
    public abstract Provider<R> newProvider();
}
