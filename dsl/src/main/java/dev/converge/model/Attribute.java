package dev.converge.model;

import java.util.List;
import java.util.Optional;

/**
 * One component of a resource type's record.
 *
 * @param index its place in the record, from 0
 * @param name the word in the manifest
 * @param valueType the type of one value: {@code String}, {@code Path}, {@code Integer}, {@code Long},
 *     {@code Boolean}, {@code Duration}, {@code Text}, {@code Secret}, {@code Content}, an enum, or a class with a static {@code parse}
 * @param shape how many values it holds, and whether it can be left out
 * @param role what it is for
 * @param defaultValue the value, as text, when the author leaves it out
 * @param autoRequires types of the resources that its value names
 * @param ancestors whether the nearest declared folder above its path is named
 * @param before whether the resource that its value names comes after this one
 * @param yields whether that order gives way to other automatic ones
 * @param removedFirst whether a removed resource without it goes before every removed one that it could name
 * @param required whether the author must give it although it may be empty, as it is in what shall be absent
 * @param recreates whether the thing is made anew where it differs
 * @param doc what it means, from the record's {@code @param} text
 */
public record Attribute(
        int index,
        String name,
        Class<?> valueType,
        Shape shape,
        Role role,
        Optional<String> defaultValue,
        List<String> autoRequires,
        boolean ancestors,
        boolean before,
        boolean yields,
        boolean removedFirst,
        boolean required,
        boolean recreates,
        String doc) {

    /** How a component holds its values. */
    public enum Shape {
        /** {@code T}: the author must give it, unless it has a default. */
        ONE,
        /** {@code Optional<T>}. */
        OPTIONAL,
        /** {@code List<T>}, empty when left out. */
        LIST,
        /** {@code Map<String, T>}, empty when left out. */
        MAP,
        /** {@code Optional<List<T>>}, unmanaged when left out. */
        OPTIONAL_LIST,
        /** {@code Optional<Set<T>>}, unmanaged when left out; order does not matter. */
        OPTIONAL_SET,
        /** {@code Optional<Map<String, T>>}, unmanaged when left out. */
        OPTIONAL_MAP
    }

    /** What a component is for. */
    public enum Role {
        /** The resource's name. */
        ID,
        /** State of the host: observed, compared, changed. */
        PROPERTY,
        /** State of the host that follows from the type or from other attributes: compared, but never given. */
        DERIVED,
        /** Says how to converge; never compared. */
        PARAMETER
    }

    public boolean isRequired() {
        return required || (shape == Shape.ONE && isWord() && defaultValue.isEmpty());
    }

    /** Whether a manifest may give it. */
    public boolean isWord() {
        return role == Role.PROPERTY || role == Role.PARAMETER;
    }

    public boolean isProperty() {
        return role == Role.PROPERTY || role == Role.DERIVED;
    }
}
