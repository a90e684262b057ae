package dev.converge.textedit;

import dev.converge.model.InvalidValueException;

/**
 * How a file marks a line as a comment.
 *
 * @param open what stands before it, such as {@code #} or {@code <!--}
 * @param close what stands after it, such as {@code -->}; empty where a comment ends with its line
 */
public record CommentStyle(String open, String close) {
    /** @throws InvalidValueException when it is not one sign, or two with a space between them */
    public static CommentStyle parse(String text) {
        String[] signs = text.split(" ", -1);
        if (signs.length > 2 || text.isBlank() || text.chars().anyMatch(c -> c < ' ')) {
            throw new InvalidValueException(
                    "\"" + text + "\" does not mark a comment.", "Write '#', '//', ';' or a pair such as '<!-- -->'.");
        }
        return new CommentStyle(signs[0], signs.length == 2 ? signs[1] : "");
    }

    /** A comment of one line. */
    String comment(String text) {
        return open + " " + text + (close.isEmpty() ? "" : " " + close);
    }

    @Override
    public String toString() {
        return close.isEmpty() ? open : open + " " + close;
    }
}
