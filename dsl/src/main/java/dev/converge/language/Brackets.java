package dev.converge.language;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Looks for the quote or bracket that a syntax error comes from: the parser notices only at the end of the file that a
 * brace of the first line was never closed. Reads a source only roughly, since it does not compile anyway.
 */
final class Brackets {
    /** What does not match, in a whole sentence, and where. */
    record Mismatch(String detail, int line, int column) {}

    private record Open(char bracket, int line, int column) {
        private char closing() {
            return bracket == '(' ? ')' : bracket == '[' ? ']' : '}';
        }
    }

    private static final String BEFORE_REGEX = "(,=[{:~!&|?;\n";

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;
    private int line = 1;
    private int lineStart;
    private char before = '\n';
    private Mismatch found;

    private Brackets(String text) {
        this.text = text;
    }

    static Optional<Mismatch> firstMismatch(String text) {
        Brackets brackets = new Brackets(text);
        while (brackets.found == null && brackets.at < text.length()) {
            brackets.step();
        }
        if (brackets.found == null && !brackets.open.isEmpty()) {
            Open first = brackets.open.peekLast();
            brackets.found = new Mismatch(
                    "The \"" + first.bracket() + "\" that is opened here is never closed.",
                    first.line(),
                    first.column());
        }
        return Optional.ofNullable(brackets.found);
    }

    private void step() {
        char c = text.charAt(at);
        if (text.startsWith("//", at)) {
            skipTo("\n", 0);
        } else if (text.startsWith("/*", at)) {
            skipTo("*/", 2);
        } else if (c == '\'' || c == '"') {
            string(c);
        } else if (c == '/' && BEFORE_REGEX.indexOf(before) >= 0 && isClosedOnLine()) {
            skipTo("/", 1);
        } else {
            bracket(c);
            if (c == '\n' || !Character.isWhitespace(c)) {
                before = c;
            }
            advance(1);
        }
    }

    private void bracket(char c) {
        switch (c) {
            case '(', '[', '{' -> open.push(new Open(c, line, column()));
            case ')', ']', '}' -> close(c);
            default -> {
                return;
            }
        }
    }

    private void close(char c) {
        if (open.isEmpty()) {
            found = new Mismatch("This \"" + c + "\" closes nothing.", line, column());
        } else if (open.peek().closing() == c) {
            open.pop();
        } else {
            Open last = open.peek();
            found = new Mismatch(
                    "This \"" + c + "\" does not close the \"" + last.bracket() + "\" of line " + last.line()
                            + ", column " + last.column() + ".",
                    line,
                    column());
        }
    }

    private void string(char quote) {
        String triple = String.valueOf(quote).repeat(3);
        boolean several = text.startsWith(triple, at);
        String end = several ? triple : String.valueOf(quote);
        int close = closeOf(at + end.length(), end, several);
        if (close < 0) {
            found = new Mismatch("The text that begins here has no closing " + end + ".", line, column());
            return;
        }
        advance(close + end.length() - at);
        before = quote;
    }

    private int closeOf(int from, String end, boolean several) {
        int braces = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (end.startsWith("\"") && text.startsWith("${", i)) {
                braces++;
                i++;
            } else if (braces > 0 && c == '}') {
                braces--;
            } else if (c == '\n' && !several) {
                return -1;
            } else if (braces == 0 && text.startsWith(end, i)) {
                return i;
            }
        }
        return -1;
    }

    private boolean isClosedOnLine() {
        int end = text.indexOf('\n', at);
        int close = text.indexOf('/', at + 1);
        return close > 0 && (end < 0 || close < end);
    }

    private void skipTo(String end, int length) {
        int close = text.indexOf(end, at + Math.max(1, length));
        advance((close < 0 ? text.length() : close + length) - at);
    }

    private int column() {
        return at - lineStart + 1;
    }

    private void advance(int count) {
        for (int i = 0; i < count; i++) {
            if (text.charAt(at++) == '\n') {
                line++;
                lineStart = at;
            }
        }
    }
}
