package dev.converge.model;

/**
 * A resource that answers for all that is below the path which it is named by, such as a checkout: what copies, purges or
 * tidies a folder above leaves that alone.
 */
public interface KeepsTree {
    /** Whether it does so as it is declared. */
    default boolean keepsTree() {
        return true;
    }
}
