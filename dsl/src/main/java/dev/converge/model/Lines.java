package dev.converge.model;

/**
 * A value of a map that a manifest may also give as a list: {@code parse} gets its elements, each on a line of its own.
 * For settings that may be given several times.
 */
public interface Lines {}
