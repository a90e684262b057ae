package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.nio.file.Path;
import java.util.List;

/** What a block is called: its file, and the name that its markers show. */
public record BlockName(FileAndName parts) implements NamesResources {
    /** @throws InvalidValueException when it is not a path, a colon and a name that a marker can show */
    public static BlockName parse(String text) {
        FileAndName parts = FileAndName.parse(text, "block('/etc/hosts', 'cluster')");
        if (!parts.rest().equals(parts.rest().strip()) || parts.rest().isEmpty()) {
            throw new InvalidValueException(
                    "\"" + parts.rest() + "\" is no name for a block.", "Write a word or a few, such as 'cluster'.");
        }
        return new BlockName(parts);
    }

    Path file() {
        return parts.file();
    }

    String label() {
        return parts.rest();
    }

    @Override
    public List<String> resourceNames() {
        return parts.resourceNames();
    }

    @Override
    public String toString() {
        return parts.toString();
    }
}
