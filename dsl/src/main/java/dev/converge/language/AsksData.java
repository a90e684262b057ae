package dev.converge.language;

import java.util.Map;

/** Where {@code lookup} can be written: in manifests, composites, between braces, and in templates. */
public interface AsksData {
    /** What answers; not for manifests. */
    Lookups lookups();

    /** The value of a key in the site's data. */
    default <T> T lookup(CharSequence key, Class<T> type) {
        return lookups().value(Map.of(), key, type);
    }

    /** The value of a key in the site's data, or this one when no level has it. */
    default <T> T lookup(CharSequence key, Class<T> type, T otherwise) {
        return lookups().value(Map.of(), key, type, otherwise);
    }

    /** The text of a key in the site's data, or this one when no level has it. */
    default String lookup(CharSequence key, Class<String> type, CharSequence otherwise) {
        return lookups().value(Map.of(), key, type, otherwise == null ? null : otherwise.toString());
    }

    /** The value of a key in the site's data, its levels merged so: {@code merge: 'deep', knockout: '--'}. */
    default <T> T lookup(Map<String, ?> how, CharSequence key, Class<T> type) {
        return lookups().value(how, key, type);
    }

    /** The value of a key in the site's data, its levels merged so, or this one when no level has it. */
    default <T> T lookup(Map<String, ?> how, CharSequence key, Class<T> type, T otherwise) {
        return lookups().value(how, key, type, otherwise);
    }

    /** A List, or a Map from text, whose elements are of a type: {@code lookup('ports', Map, Integer)}. */
    default <C, E> C lookup(CharSequence key, Class<C> collection, Class<E> element) {
        return lookups().elements(Map.of(), key, collection, element);
    }

    /** A List, or a Map from text, whose elements are of a type, or this one when no level has it. */
    default <C, E> C lookup(CharSequence key, Class<C> collection, Class<E> element, C otherwise) {
        return lookups().elements(Map.of(), key, collection, element, otherwise);
    }

    /** A List, or a Map from text, whose elements are of a type, its levels merged so. */
    default <C, E> C lookup(Map<String, ?> how, CharSequence key, Class<C> collection, Class<E> element) {
        return lookups().elements(how, key, collection, element);
    }

    /** A List, or a Map from text, whose elements are of a type, its levels merged so, or this one. */
    default <C, E> C lookup(Map<String, ?> how, CharSequence key, Class<C> collection, Class<E> element, C otherwise) {
        return lookups().elements(how, key, collection, element, otherwise);
    }
}
