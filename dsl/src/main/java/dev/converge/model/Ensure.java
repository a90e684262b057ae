package dev.converge.model;

/** Whether a resource shall exist. */
public enum Ensure {
    PRESENT,
    ABSENT
}
