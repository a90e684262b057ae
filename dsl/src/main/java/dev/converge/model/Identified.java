package dev.converge.model;

/** A value whose text does not tell it from every other one, because it is masked, or names something that may change. */
public interface Identified {
    /**
     * What tells it from another value, as far as that can be known without asking a host or a network.
     *
     * <p>It may hold secrets: only for comparing, by way of a digest that nobody can reverse, never for text that is shown.
     */
    String identity();
}
