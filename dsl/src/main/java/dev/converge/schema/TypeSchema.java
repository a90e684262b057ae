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
public abstract class TypeSchema<R extends Resource> extends RecordSchema<R> {
    /** A word of {@code ensure} that stands for an attribute. */
    public record EnsureAlias(String word, Ensure ensure, String attribute, String value) {}

    /** What stands between the parts of a name. */
    public static final String NAME_SEPARATOR = ":";

    private static final SiteFiles NO_FILES = file -> {
        throw new InvalidValueException("A name is no file of the site.");
    };

    private final String creation;
    private final boolean absentable;
    private final List<EnsureAlias> ensureAliases;

    protected TypeSchema(
            String name,
            String summary,
            String creation,
            boolean absentable,
            List<Attribute> attributes,
            List<EnsureAlias> ensureAliases) {
        super(name, summary, attributes);
        this.creation = creation;
        this.absentable = absentable;
        this.ensureAliases = ensureAliases;
    }

    /** A declaration to start from, when the type brings one. */
    public Optional<String> example() {
        return Optional.empty();
    }

    /** Whether all that is below its path goes when it is removed. */
    public boolean removesBelow() {
        return false;
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

    public final List<EnsureAlias> ensureAliases() {
        return ensureAliases;
    }

    public final Attribute idAttribute() {
        for (Attribute attribute : attributes()) {
            if (attribute.role() == Attribute.Role.ID) {
                return attribute;
            }
        }
        throw new IllegalStateException(name() + " has no @Id component");
    }

    /** What the arguments are called that make up a resource's name; empty when the name is one argument. */
    public List<String> nameParts() {
        return List.of();
    }

    /** The attribute that may follow the name, without its word. */
    public Optional<Attribute> argument() {
        return Optional.empty();
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
                    name(), parse(idAttribute().index(), resource, NO_FILES).toString());
        } catch (InvalidValueException e) {
            return new ResourceId(name(), resource);
        }
    }

    /** A new provider. */
    public abstract Provider<R> newProvider();
}
