package dev.converge.output;

/** How much a person wants to read. */
public enum Verbosity {
    /** Only what went wrong. */
    QUIET,
    /** What changed and what went wrong. */
    NORMAL,
    /** Every resource, and where the time went. */
    VERBOSE
}
