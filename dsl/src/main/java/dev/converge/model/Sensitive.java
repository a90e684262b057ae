package dev.converge.model;

/** A value that may have a secret in it; its {@code toString()} never shows that. */
public interface Sensitive {
    boolean isSensitive();
}
