package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import dev.converge.model.NamesResources;
import java.nio.file.Path;
import java.util.List;

/** What a line is called: its file and, unless {@code text} is given, the line itself. */
public record LineName(FileAndName parts) implements NamesResources {
    /** @throws InvalidValueException when it is not a path, a colon and a line */
    public static LineName parse(String text) {
        FileAndName parts = FileAndName.parse(text, "line('/etc/modules', 'loop')");
        if (parts.rest().isBlank()) {
            throw new InvalidValueException("An empty line has nothing to be found by.", "Write the line's text.");
        }
        return new LineName(parts);
    }

    Path file() {
        return parts.file();
    }

    String line() {
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
