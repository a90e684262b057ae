package dev.converge.language;

import dev.converge.diagnostic.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A template as a Groovy script that emits its text. Understands {@code ${expression}}, {@code $name.property},
 * {@code <%= expression %>}, {@code <% statements %>} and {@code <%-- comment --%>}; {@code \$} and {@code \<%} stand
 * for themselves. Expressions keep their column, and every generated line knows the line that it comes from.
 */
final class TemplateSource {
    private static final int LITERAL = 8000;

    private final String path;
    private final String text;
    private final StringBuilder groovy = new StringBuilder();
    private final List<Integer> lines = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int at;
    private int line = 1;
    private int lineStart;

    private TemplateSource(String path, String text) {
        this.path = path;
        this.text = text;
    }

    static TemplateSource translate(String path, String text, Map<String, Object> variables) {
        TemplateSource source = new TemplateSource(path, text);
        variables.forEach((name, value) -> {
            String type = TemplateVariables.type(value);
            source.write(type + " " + name + " = (" + type + ") variable('" + name + "')");
        });
        source.translate();
        return source;
    }

    String path() {
        return path;
    }

    String groovy() {
        return groovy.toString();
    }

    /** The template's line that a generated line comes from. */
    int original(int generated) {
        return generated >= 1 && generated <= lines.size() ? lines.get(generated - 1) : 1;
    }

    SourceRange original(SourceRange generated) {
        int from = original(generated.line());
        int to = Math.max(from, original(generated.endLine()));
        return new SourceRange(path, from, generated.column(), to, generated.endColumn());
    }

    private void translate() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\' && (text.startsWith("\\$", at) || text.startsWith("\\<%", at))) {
                take(text.charAt(at + 1));
                advance(2);
            } else if (text.startsWith("<%--", at)) {
                skipTo(at + 4, "--%>");
            } else if (text.startsWith("<%=", at)) {
                code(at + 3, "%>", true);
            } else if (text.startsWith("<%", at)) {
                code(at + 2, "%>", false);
            } else if (text.startsWith("${", at)) {
                braces();
            } else if (c == '$'
                    && at + 1 < text.length()
                    && Character.isJavaIdentifierStart(text.charAt(at + 1))
                    && text.charAt(at + 1) != '$') {
                name();
            } else {
                take(c);
                advance(1);
            }
        }
        flush();
    }

    private void take(char c) {
        literal.append(c);
        if (literal.length() >= LITERAL) {
            flush();
        }
    }

    private void advance(int count) {
        for (int i = 0; i < count; i++) {
            if (text.charAt(at++) == '\n') {
                line++;
                lineStart = at;
            }
        }
    }

    private void skipTo(int from, String end) {
        int close = text.indexOf(end, from);
        advance((close < 0 ? text.length() : close + end.length()) - at);
    }

    private void code(int start, String end, boolean expression) {
        int close = text.indexOf(end, start);
        int stop = close < 0 ? text.length() : close;
        emit(start, stop, expression);
        advance(Math.min(text.length(), stop + end.length()) - at);
    }

    private void braces() {
        int depth = 0;
        char quote = 0;
        int end = at + 1;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            if (quote != 0) {
                if (c == '\\') {
                    end++;
                } else if (c == quote) {
                    quote = 0;
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                break;
            }
        }
        int stop = Math.min(end, text.length());
        emit(at + 2, stop, true);
        advance(Math.min(text.length(), stop + 1) - at);
    }

    private void name() {
        int end = at + 1;
        while (isNamePart(end)
                || (isDot(end) && isNamePart(end + 1) && Character.isJavaIdentifierStart(text.charAt(end + 1)))) {
            end++;
        }
        emit(at + 1, end, true);
        advance(end - at);
    }

    private boolean isDot(int index) {
        return index < text.length() && text.charAt(index) == '.';
    }

    private boolean isNamePart(int index) {
        return index < text.length() && text.charAt(index) != '$' && Character.isJavaIdentifierPart(text.charAt(index));
    }

    /** Writes code so that its first line starts in the column where it stands in the template. */
    private void emit(int start, int stop, boolean expression) {
        flush();
        int column = start - lineStart;
        if (expression) {
            write("emit(");
        }
        write(" ".repeat(Math.max(0, column)) + text.substring(Math.min(start, stop), stop));
        if (expression) {
            write(")");
        }
    }

    private void flush() {
        if (literal.isEmpty()) {
            return;
        }
        StringBuilder quoted = new StringBuilder("emit('");
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            switch (c) {
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\'' -> quoted.append("\\'");
                case '\\' -> quoted.append("\\\\");
                default -> quoted.append(c);
            }
        }
        literal.setLength(0);
        write(quoted.append("')").toString());
    }

    private void write(String code) {
        int from = line;
        for (String row : code.split("\n", -1)) {
            groovy.append(row).append('\n');
            lines.add(from++);
        }
    }
}
