package dev.converge.model;

/** A resource that answers for the whole content of the file which it is named by: another one that keeps a part there is undone. */
public interface KeepsContent {
    /** Whether it does so as it is declared. */
    boolean keepsContent();
}
