package dev.converge.output;

import java.util.Map;

/** Writes XML 1.0 without a library. What cannot be in a document of that kind is replaced. */
public final class Xml {
    private static final char REPLACED = '\uFFFD';

    private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

    public Xml open(String element, Map<String, String> attributes) {
        start(element, attributes);
        out.append(">\n");
        return this;
    }

    public Xml close(String element) {
        out.append("</").append(element).append(">\n");
        return this;
    }

    /** An element with text in it, or with nothing. */
    public Xml leaf(String element, Map<String, String> attributes, String text) {
        start(element, attributes);
        if (text.isEmpty()) {
            out.append("/>\n");
            return this;
        }
        out.append('>');
        escape(text, false);
        return close(element);
    }

    private void start(String element, Map<String, String> attributes) {
        out.append('<').append(element);
        attributes.forEach((name, value) -> {
            out.append(' ').append(name).append("=\"");
            escape(value, true);
            out.append('"');
        });
    }

    private void escape(String text, boolean attribute) {
        text.codePoints().forEach(letter -> {
            switch (letter) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\n', '\t' -> out.append(attribute ? "&#" + letter + ";" : Character.toString(letter));
                default -> out.appendCodePoint(isLegal(letter) ? letter : REPLACED);
            }
        });
    }

    /** The production Char of the recommendation, without the carriage return, which a reader would drop. */
    private static boolean isLegal(int letter) {
        return (letter >= 0x20 && letter <= 0xD7FF)
                || (letter >= 0xE000 && letter <= 0xFFFD)
                || (letter >= 0x10000 && letter <= 0x10FFFF);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
