package dev.converge.provider;

import dev.converge.model.Content;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of which a change touches a part.
 *
 * @param path as the host sees it
 * @param before its content now; empty when there is no such file
 * @param after its content once the change is made; empty when the file is removed
 */
public record FileEdit(Path path, Optional<Content> before, Optional<Content> after) {
    /** The same, for an edit whose lines nobody may see: a secret comes or goes. */
    public FileEdit hidden() {
        return new FileEdit(path, before.map(Content::hidden), after.map(Content::hidden));
    }
}
