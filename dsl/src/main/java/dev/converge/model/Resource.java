package dev.converge.model;

/**
 * One thing on a host that a manifest can name: an immutable record, one type for its desired and its observed state.
 *
 * <p>A component that is {@code Optional.empty()} was left out by the author: it is not compared and not touched.
 */
public interface Resource {}
