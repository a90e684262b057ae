package dev.converge.target;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Values as YAML, in the one form that PyYAML, go-yaml and people read alike: what could be taken for something else than
 * text stands in quotes, and text of several lines in a block.
 */
final class CloudYaml {
    private static final int STEP = 2;
    /** Words that no reader of YAML 1.1 or 1.2 takes for a number, a date, a truth value or a piece of syntax. */
    private static final Pattern PLAIN =
            Pattern.compile("(?!(?i:y|n|yes|no|on|off|true|false|null)$)[A-Za-z/][\\w/.@%+-]*");

    private CloudYaml() {}

    /**
     * A value after a key or a dash that stands at the indentation.
     *
     * @param value text, a number, a truth value, or lists and maps of these
     * @return with a space or line end before it, and a line end behind
     */
    static String after(Object value, int indentation) {
        if (value instanceof String text) {
            return ' ' + text(text, indentation + STEP) + '\n';
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty() ? " {}\n" : '\n' + map(map, indentation + STEP);
        }
        if (value instanceof List<?> list) {
            return list.isEmpty() ? " []\n" : '\n' + list(list, indentation + STEP);
        }
        return " " + value + '\n';
    }

    /** An element of a list whose dash stands at the indentation. */
    static String element(Object value, int indentation) {
        String margin = " ".repeat(indentation);
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            return margin + "- " + map(map, indentation + STEP).substring(indentation + STEP);
        }
        if (value instanceof List<?> list) {
            return margin + "- " + flow(list) + '\n';
        }
        return margin + '-' + after(value, indentation);
    }

    /** A key that stands at the indentation, with its value. */
    static String entry(String key, Object value, int indentation) {
        return " ".repeat(indentation) + quotedUnlessPlain(key) + ':' + after(value, indentation);
    }

    private static String map(Map<?, ?> map, int indentation) {
        StringBuilder out = new StringBuilder();
        map.forEach((key, value) -> out.append(entry(key.toString(), value, indentation)));
        return out.toString();
    }

    private static String list(List<?> list, int indentation) {
        StringBuilder out = new StringBuilder();
        list.forEach(value -> out.append(element(value, indentation)));
        return out.toString();
    }

    private static String flow(List<?> list) {
        StringBuilder out = new StringBuilder("[");
        for (Object value : list) {
            out.append(out.length() == 1 ? "" : ", ");
            out.append(value instanceof String text ? quotedUnlessPlain(text) : value.toString());
        }
        return out.append(']').toString();
    }

    private static String text(String text, int indentation) {
        return isBlock(text) ? block(text, indentation) : quotedUnlessPlain(text);
    }

    /**
     * Text of several lines, or of one that is ended; its first line begins, and its last one ends, with no white space. An
     * empty line at its end could not be told from one that parts it from what comes next.
     */
    private static boolean isBlock(String text) {
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return text.indexOf('\n') >= 0 && !body.isEmpty() && body.equals(body.strip()) && isPrintable(text);
    }

    private static String block(String text, int indentation) {
        String body = text.stripTrailing();
        StringBuilder out = new StringBuilder(text.endsWith("\n") ? "|" : "|-");
        for (String line : body.split("\n", -1)) {
            out.append('\n')
                    .append(line.isEmpty() ? "" : " ".repeat(indentation))
                    .append(line);
        }
        return out.toString();
    }

    /** Whether the text can stand in YAML as it is: no control characters but tabs and line ends. */
    static boolean isPrintable(String text) {
        return text.codePoints().allMatch(CloudYaml::isPrintable);
    }

    private static boolean isPrintable(int point) {
        return point == '\t'
                || point == '\n'
                || (point >= ' ' && point < 0x7f)
                || (point >= 0xa0 && point <= 0xd7ff && point != 0x2028 && point != 0x2029)
                || (point >= 0xe000 && point <= 0xfffd && point != 0xfeff)
                || point >= 0x10000;
    }

    private static String quotedUnlessPlain(String text) {
        return PLAIN.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            switch (point) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPrintable(point)) {
                        out.appendCodePoint(point);
                    } else {
                        out.append(String.format("\\u%04x", point));
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /** A comment of one line, whatever is in the text. */
    static String comment(String text, int indentation) {
        StringBuilder line = new StringBuilder(" ".repeat(indentation)).append("# ");
        text.strip()
                .codePoints()
                .map(point -> point == '\n' || !isPrintable(point) ? ' ' : point)
                .forEach(line::appendCodePoint);
        return line.append('\n').toString();
    }

    static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
