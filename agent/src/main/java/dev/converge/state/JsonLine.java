package dev.converge.state;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** One line of JSON, written by hand: a run that changes ten thousand files writes forty thousand of them. */
final class JsonLine {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder line = new StringBuilder(160).append('{');

    JsonLine number(String name, long value) {
        name(name);
        line.append(value);
        return this;
    }

    JsonLine text(String name, String value) {
        name(name);
        quote(value);
        return this;
    }

    /** @param values each by its {@code toString} */
    JsonLine texts(String name, Collection<?> values) {
        name(name);
        line.append('[');
        String separator = "";
        for (Object value : values) {
            line.append(separator);
            quote(value.toString());
            separator = ",";
        }
        line.append(']');
        return this;
    }

    private void name(String name) {
        if (line.length() > 1) {
            line.append(',');
        }
        quote(name);
        line.append(':');
    }

    private void quote(String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '"' || letter == '\\') {
                line.append('\\').append(letter);
            } else if (letter < ' ' || Character.isSurrogate(letter)) {
                // A lone surrogate has no form in UTF-8; a pair may be written either way.
                escape(letter);
            } else {
                line.append(letter);
            }
        }
        line.append('"');
    }

    private void escape(char letter) {
        line.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            line.append(HEX.charAt(letter >> shift & 0xf));
        }
    }

    /** The whole line with its end. */
    byte[] bytes() {
        return (line + "}\n").getBytes(StandardCharsets.UTF_8);
    }
}
