package dev.converge.model;

/**
 * What a resource is called in catalogs, references and reports; prints {@code file[/etc/motd]}.
 *
 * @param type name of the resource type, such as {@code file}
 * @param name the resource's name, unique within its type in one catalog
 */
public record ResourceId(String type, String name) implements Comparable<ResourceId> {
    @Override
    public int compareTo(ResourceId other) {
        int byType = type.compareTo(other.type);
        return byType != 0 ? byType : name.compareTo(other.name);
    }

    /** By hand, like {@link #hashCode}: linking a record's own takes 15 ms of each process, and ids are keys everywhere. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ResourceId id && id.type.equals(type) && id.name.equals(name);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + name.hashCode();
    }

    @Override
    public String toString() {
        return type + "[" + name + "]";
    }
}
