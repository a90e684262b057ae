package dev.converge.augeas;

import dev.converge.model.InvalidValueException;
import java.util.Optional;

/** A line in the syntax of augtool(1), word by word: a path may have spaces in its brackets, any word in quotes. */
final class EditWords {
    private static final char ESCAPE = '\\';

    private final String line;
    private int at;

    EditWords(String line) {
        this.line = line;
    }

    /** @throws InvalidValueException when the line has no more words */
    String next(String what) {
        return optional()
                .orElseThrow(() -> new InvalidValueException(
                        "\"" + line + "\" has no " + what + ".",
                        "Write it as augtool takes it: set PATH VALUE, rm PATH, …"));
    }

    Optional<String> optional() {
        skipSpace();
        if (at == line.length()) {
            return Optional.empty();
        }
        char first = line.charAt(at);
        return Optional.of(first == '\'' || first == '"' ? quoted(first) : bare());
    }

    /** All that is left, as one word: a value need not be quoted. */
    Optional<String> rest() {
        skipSpace();
        String rest = line.substring(at).strip();
        at = line.length();
        if (rest.isEmpty()) {
            return Optional.empty();
        }
        EditWords words = new EditWords(rest);
        String first = words.optional().orElseThrow();
        boolean one = rest.charAt(0) == '\'' || rest.charAt(0) == '"';
        return Optional.of(one && words.isDone() ? first : rest);
    }

    boolean isDone() {
        skipSpace();
        return at == line.length();
    }

    void requireDone() {
        if (!isDone()) {
            throw new InvalidValueException(
                    "\"" + line + "\" has more words than it takes.", "Put a word with spaces in quotes.");
        }
    }

    private void skipSpace() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
    }

    private String quoted(char quote) {
        StringBuilder word = new StringBuilder();
        for (at++; at < line.length() && line.charAt(at) != quote; at++) {
            boolean escapes = line.charAt(at) == ESCAPE
                    && at + 1 < line.length()
                    && (line.charAt(at + 1) == quote || line.charAt(at + 1) == ESCAPE);
            at += escapes ? 1 : 0;
            word.append(line.charAt(at));
        }
        if (at == line.length()) {
            throw new InvalidValueException("\"" + line + "\" has a quote that is not closed.");
        }
        at++;
        return word.toString();
    }

    /** Up to the next space that is in no brackets, in no quotes within them, and not escaped. */
    private String bare() {
        int start = at;
        int depth = 0;
        char quote = 0;
        for (; at < line.length(); at++) {
            char letter = line.charAt(at);
            if (letter == ESCAPE && at + 1 < line.length()) {
                at++;
            } else if (quote != 0) {
                quote = letter == quote ? 0 : quote;
            } else if (depth > 0 && (letter == '"' || letter == '\'')) {
                quote = letter;
            } else if (letter == '[' || letter == '(') {
                depth++;
            } else if (letter == ']' || letter == ')') {
                depth--;
            } else if (depth <= 0 && Character.isWhitespace(letter)) {
                break;
            }
        }
        return line.substring(start, at);
    }

    /** The word so that {@link #next} reads it back. */
    static String written(String word) {
        boolean plain =
                !word.isEmpty() && word.charAt(0) != '\'' && word.charAt(0) != '"' && word.equals(firstOf(word));
        return plain ? word : "'" + word.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private static String firstOf(String word) {
        EditWords words = new EditWords(word);
        String first = words.optional().orElse("");
        return words.isDone() ? first : "";
    }
}
