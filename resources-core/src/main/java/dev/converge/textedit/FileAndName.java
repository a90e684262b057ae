package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import dev.converge.schema.Parsing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a name that starts with a file, taken apart at its first colon.
 *
 * @param file as the host sees it
 * @param rest what follows the colon
 */
public record FileAndName(Path file, String rest) {
    /**
     * @param text such as {@code /etc/modules:loop}
     * @param example how such a resource is declared, for the advice
     * @throws InvalidValueException when there is no colon, or no absolute path before it
     */
    public static FileAndName parse(String text, String example) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidValueException(
                    "\"" + text + "\" names only a file, or only a part of one.",
                    "Write both, such as " + example + ".");
        }
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            throw new InvalidValueException("A name cannot have a line break in it.", "Write one line.");
        }
        return new FileAndName(Parsing.path(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** The names under which what has to be there before can be declared: the file, then each folder above it. */
    public List<String> resourceNames() {
        List<String> names = new ArrayList<>();
        for (Path path = file; path != null; path = path.getParent()) {
            names.add(path.toString());
        }
        return names;
    }

    @Override
    public String toString() {
        return file + ":" + rest;
    }
}
