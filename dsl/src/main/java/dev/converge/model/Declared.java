package dev.converge.model;

import dev.converge.diagnostic.SourceRange;

/**
 * A resource as the manifest declares it.
 *
 * @param id its type and name
 * @param desired the attributes that the author gave
 * @param ensure whether it shall exist
 * @param source where it is declared
 * @param policy how it takes part in a run
 */
public record Declared<R extends Resource>(ResourceId id, R desired, Ensure ensure, SourceRange source, Policy policy) {
    /** The same from another place. */
    public Declared<R> from(SourceRange place) {
        return new Declared<>(id, desired, ensure, place, policy);
    }
}
