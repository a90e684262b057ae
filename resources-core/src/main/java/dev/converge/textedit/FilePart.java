package dev.converge.textedit;

import dev.converge.filesystem.TextFile;
import dev.converge.filesystem.Validation;
import dev.converge.model.Resource;
import dev.converge.provider.ResourceFailure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A part of a text file that one resource is about, from text to text: what it looks like, and what the file looks like
 * with it and without it.
 */
public interface FilePart<R extends Resource> {
    /** The file, as the host sees it. */
    Path file();

    /** Whether a missing file is made. */
    boolean mayCreate();

    /** The program that has to accept the whole file before it takes its place. */
    default Validation validation() {
        return Validation.none();
    }

    /** Whether a secret is in it: then nobody sees the lines that it replaces either. */
    boolean isSensitive();

    /**
     * The state of the part in a file; empty when it is not there.
     *
     * @throws ResourceFailure when it cannot be told which lines are meant
     */
    Optional<R> in(String text);

    /** The same; a part that takes time to look for lets the file remember what it was parsed to. */
    default Optional<R> in(TextFile file) {
        return in(file.text());
    }

    /**
     * Fails when the file cannot get the part.
     *
     * @throws ResourceFailure when it cannot be told which lines are meant
     */
    default void check(String text) {}

    /** The file with the part as it shall be. */
    String with(String text);

    /** The file without the part. */
    String without(String text);
}
