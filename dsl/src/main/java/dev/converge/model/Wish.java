package dev.converge.model;

/** A desired value that several observed values satisfy: {@code u+s}, {@code latest}, a password to verify. */
public interface Wish<T> {
    boolean satisfiedBy(T observed);

    /**
     * Whether what satisfies it may become another although neither the manifest nor the host changes, such as the
     * newest version of a package.
     */
    default boolean movesByItself() {
        return false;
    }
}
