package dev.converge.textedit;

import dev.converge.model.InvalidValueException;
import java.util.Optional;

/**
 * Where something new goes in a file.
 *
 * @param after a line that it follows; the last such line counts
 * @param before a line that it precedes; the first such line counts
 */
record Place(Optional<Regex> after, Optional<Regex> before) {
    /** @throws InvalidValueException when both are given */
    Place {
        if (after.isPresent() && before.isPresent()) {
            throw new InvalidValueException(
                    "A place is \"after\" a line or \"before\" one, not both.", "Leave one of them out.");
        }
    }

    /** The index of the line before which it goes; the end of the file when no line matches. */
    int in(Lines lines) {
        for (int i = 0; before.isPresent() && i < lines.size(); i++) {
            if (before.get().isIn(lines.get(i))) {
                return i;
            }
        }
        for (int i = lines.size() - 1; after.isPresent() && i >= 0; i--) {
            if (after.get().isIn(lines.get(i))) {
                return i + 1;
            }
        }
        return lines.size();
    }
}
