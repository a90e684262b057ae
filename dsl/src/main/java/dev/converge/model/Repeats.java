package dev.converge.model;

/** A resource that may have work to do in every run, because it cannot be seen on a host whether that was done. */
public interface Repeats {
    /** Whether it does it in every run, as it is declared. */
    boolean repeats();
}
