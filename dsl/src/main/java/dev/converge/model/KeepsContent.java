package dev.converge.model;

import java.util.Optional;

/** A resource that answers for the whole content of the file which it is named by: another one that keeps a part there is undone. */
public interface KeepsContent {
    /** Whether it does so as it is declared. */
    boolean keepsContent();

    /** The content, where the manifest itself has it as text; for the host alone. */
    Optional<String> writtenText();
}
