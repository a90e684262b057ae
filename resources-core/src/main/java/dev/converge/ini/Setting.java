package dev.converge.ini;

/**
 * A line that gives a key its value.
 *
 * @param indent the space before the key
 * @param key as the file writes it
 * @param separator what stands between key and value, with the spaces around it
 * @param comment what follows the value on the line, with the space before it
 */
record Setting(String indent, String key, String separator, String value, String comment) {
    /** The line with another value. */
    String with(String other) {
        boolean spaced = !separator.isBlank() && Character.isWhitespace(separator.charAt(0));
        boolean glued = spaced && separator.equals(separator.stripTrailing());
        String before = indent + key + separator + (glued && !other.isEmpty() ? " " : "");
        if (comment.isEmpty()) {
            return other.isEmpty() ? before.stripTrailing() : before + other;
        }
        boolean apart = other.isEmpty() || Character.isWhitespace(comment.charAt(0));
        return before + other + (apart ? "" : " ") + comment;
    }
}
