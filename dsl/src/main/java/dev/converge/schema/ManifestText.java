package dev.converge.schema;

import java.util.regex.Pattern;

/** Text as a manifest writes it, so that reading it back gives the same text. */
public final class ManifestText {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private ManifestText() {}

    /**
     * A literal without interpolation: {@code 'text'}, or {@code '''text'''} over several lines where there are
     * several. Everything but line ends and what a screen shows is escaped.
     */
    public static String literal(String text) {
        boolean lines = text.indexOf('\n') >= 0 && text.indexOf('\n') < text.length() - 1;
        StringBuilder out = new StringBuilder(text.length() + 8);
        out.append(lines ? "'''\\\n" : "'");
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i), lines, out);
        }
        return out.append(lines ? "'''" : "'").toString();
    }

    /** A map's key: as it is when it is a word, else a literal. */
    public static String key(String text) {
        return PLAIN_KEY.matcher(text).matches() ? text : literal(text);
    }

    private static void escape(char c, boolean lines, StringBuilder out) {
        switch (c) {
            case '\\' -> out.append("\\\\");
            case '\'' -> out.append("\\'");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            case '\n' -> out.append(lines ? "\n" : "\\n");
            default -> {
                if (isInvisible(c)) {
                    hexadecimal(c, out);
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static boolean isInvisible(char c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static void hexadecimal(char c, StringBuilder out) {
        String digits = Integer.toHexString(c);
        out.append("\\u").append("0".repeat(4 - digits.length())).append(digits);
    }
}
