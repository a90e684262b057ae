package dev.converge.language;

import dev.converge.model.InvalidValueException;
import dev.converge.model.PartedName;
import dev.converge.schema.TypeSchema;

/** The parts of a name that a manifest gives as several arguments, and the one text that they make. */
final class NameParts {
    private NameParts() {}

    static CharSequence joined(CharSequence[] parts) {
        for (CharSequence part : parts) {
            if (part == null) {
                return null;
            }
        }
        return String.join(TypeSchema.NAME_SEPARATOR, parts);
    }

    /**
     * Whether a name can be taken apart as it was put together.
     *
     * @throws InvalidValueException when a part would be cut elsewhere
     */
    static void check(TypeSchema<?> schema, CharSequence[] parts, Object name) {
        for (int i = 0; i < parts.length - 1; i++) {
            String part = parts[i].toString();
            boolean kept =
                    name instanceof PartedName parted && parted.parts().get(i).equals(part);
            if (part.contains(TypeSchema.NAME_SEPARATOR) && !kept) {
                String called = schema.nameParts().get(i);
                throw new InvalidValueException(
                        "The " + called + " \"" + part
                                + "\" has a colon in it, and colons stand between the parts of a name.",
                        "Only the last part, the " + schema.nameParts().get(parts.length - 1) + ", may have one.");
            }
        }
    }
}
