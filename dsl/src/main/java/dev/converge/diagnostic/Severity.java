package dev.converge.diagnostic;

/** How much a {@link Diagnostic} weighs: an error stops what it is about, a warning does not. */
public enum Severity {
    ERROR,
    WARNING
}
