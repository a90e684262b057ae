package dev.converge.container;

/** When an image is fetched from its registry. */
public enum PullPolicy {
    /** Only when the host has none of that name. */
    MISSING,
    /** Whenever the registry has another one under that name. */
    ALWAYS,
    /** Never: it has to be there. */
    NEVER
}
