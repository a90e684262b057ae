package dev.converge.model;

/** A desired value that several observed values satisfy: {@code u+s}, {@code latest}, a password to verify. */
public interface Wish<T> {
    boolean satisfiedBy(T observed);
}
