package dev.converge.schema;

import dev.converge.model.Attribute;
import dev.converge.model.Declared;
import dev.converge.model.Edge;
import dev.converge.model.Ensure;
import dev.converge.model.NamesResources;
import dev.converge.model.Reason;
import dev.converge.model.Resource;
import dev.converge.model.ResourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** The orders that follow from what attributes name: a file after its owner and after the folder it is in. */
public final class AutomaticEdges {
    private final TypeRegistry types;
    private final Map<ResourceId, Declared<?>> declared = new LinkedHashMap<>();
    private final Map<String, List<Declared<?>>> byType = new HashMap<>();
    private final Map<ResourceId, ResourceId> spellings = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Edge> yielding = new ArrayList<>();

    private AutomaticEdges(TypeRegistry types, List<Declared<?>> resources) {
        this.types = types;
        for (Declared<?> resource : resources) {
            declared.put(resource.id(), resource);
            byType.computeIfAbsent(resource.id().type(), type -> new ArrayList<>())
                    .add(resource);
        }
    }

    /** The edges in the order of declaration, those last that give way to the others. What is removed goes the other way round: a file before its folder. */
    public static List<Edge> of(List<Declared<?>> resources, TypeRegistry types) {
        AutomaticEdges automatic = new AutomaticEdges(types, resources);
        resources.forEach(automatic::add);
        automatic.edges.addAll(automatic.yielding);
        return automatic.edges;
    }

    private <R extends Resource> void add(Declared<R> resource) {
        TypeSchema<R> schema = types.get(resource.id().type());
        schema.after().forEach(first -> afterEach(resource, first));
        Object[] values = null;
        for (Attribute attribute : schema.attributes()) {
            if (attribute.autoRequires().isEmpty()) {
                continue;
            }
            if (values == null) {
                values = schema.values(resource.desired());
            }
            addEach(resource, attribute, values[attribute.index()]);
        }
    }

    private void addEach(Declared<?> resource, Attribute attribute, Object value) {
        if (value instanceof Optional<?> optional) {
            if (optional.isEmpty() && attribute.removedFirst() && resource.ensure() == Ensure.ABSENT) {
                beforeRemoved(resource, attribute);
            }
            optional.ifPresent(inner -> addEach(resource, attribute, inner));
            return;
        }
        if (value instanceof Collection<?> several) {
            several.forEach(one -> addEach(resource, attribute, one));
            return;
        }
        Optional<Declared<?>> other = Optional.empty();
        if (attribute.ancestors()) {
            boolean own = attribute.role() == Attribute.Role.ID;
            other = (own ? Optional.<Declared<?>>empty() : named(attribute, value.toString()))
                    .or(() -> above(attribute, value.toString()));
        } else {
            List<String> names =
                    value instanceof NamesResources several ? several.resourceNames() : List.of(value.toString());
            for (int i = 0; i < names.size() && other.isEmpty(); i++) {
                other = named(attribute, names.get(i)).or(spelled(attribute, names.get(i)));
            }
        }
        List<Edge> into = attribute.yields() ? yielding : edges;
        other.filter(found -> !found.id().equals(resource.id())).ifPresent(found -> {
            if (attribute.before()) {
                connect(found, attribute.name(), resource, into);
            } else {
                connect(resource, attribute.name(), found, into);
            }
        });
    }

    /**
     * What a type needs in general gives way to what an attribute names.
     *
     * @param first a resource, such as {@code pkg[cron]}, or a type
     */
    private void afterEach(Declared<?> resource, String first) {
        int bracket = first.indexOf('[');
        if (bracket < 0) {
            allOf(first).forEach(other -> connect(resource, "type", other, yielding));
            return;
        }
        String name = first.substring(bracket + 1, first.length() - 1);
        Declared<?> other = declared.get(id(first.substring(0, bracket), name));
        if (other != null) {
            connect(resource, "type", other, yielding);
        }
    }

    private void beforeRemoved(Declared<?> resource, Attribute attribute) {
        for (String type : attribute.autoRequires()) {
            allOf(type).forEach(other -> connect(resource, attribute.name(), other, edges));
        }
    }

    private List<Declared<?>> allOf(String type) {
        return byType.getOrDefault(type, List.of());
    }

    private Optional<Declared<?>> above(Attribute attribute, String path) {
        int slash = path.lastIndexOf('/');
        while (slash > 0) {
            Optional<Declared<?>> found = named(attribute, path.substring(0, slash));
            if (found.isPresent()) {
                return found;
            }
            slash = path.lastIndexOf('/', slash - 1);
        }
        return Optional.empty();
    }

    private Optional<Declared<?>> named(Attribute attribute, String name) {
        for (String type : attribute.autoRequires()) {
            Declared<?> found = declared.get(new ResourceId(type, name));
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** What is declared under another spelling of the name: {@code nginx} names {@code service[nginx.service]}. */
    private Supplier<Optional<Declared<?>>> spelled(Attribute attribute, String name) {
        return () -> attribute.autoRequires().stream()
                .map(type -> id(type, name))
                .<Declared<?>>map(declared::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private ResourceId id(String type, String name) {
        return spellings.computeIfAbsent(
                new ResourceId(type, name),
                id -> types.find(type).map(schema -> schema.id(name)).orElse(id));
    }

    /** @param attribute which of the two resources' attributes is the reason */
    private static void connect(Declared<?> resource, String attribute, Declared<?> other, List<Edge> into) {
        Reason why = new Reason.Automatic(attribute);
        if (resource.ensure() == Ensure.ABSENT) {
            if (other.ensure() == Ensure.ABSENT) {
                into.add(new Edge(resource.id(), other.id(), Edge.Kind.ORDER, why));
            }
            return;
        }
        if (other.ensure() == Ensure.PRESENT) {
            into.add(new Edge(other.id(), resource.id(), Edge.Kind.ORDER, why));
        }
    }
}
