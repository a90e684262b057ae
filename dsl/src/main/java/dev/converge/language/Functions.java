package dev.converge.language;

/**
 * Marks a class whose public static methods manifests may call, by the simple name of the class: {@code NginxText.slug('A
 * b')}. It comes from a jar of a module, which names it in {@code META-INF/services/dev.converge.language.Functions}.
 *
 * <p>A function is given values and returns one. It looks at nothing else, neither files nor clock nor network: the same
 * arguments give the same value, so that the same site and facts give the same catalog.
 */
public interface Functions {}
