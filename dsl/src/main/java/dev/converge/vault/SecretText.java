package dev.converge.vault;

import java.util.regex.Pattern;

/** How a secret is written in YAML while its author edits it. */
final class SecretText {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0xa0;
    private static final int FIRST_SURROGATE = 0xd800;
    private static final int LAST_OF_PLANE = 0xffff;

    /** On the same line, or indented on the next: it would become a part of the block. */
    private static final Pattern COMMENT = Pattern.compile("[ \\t]*#|\\s*\\n[ \\t]+#");

    private SecretText() {}

    /**
     * The secret with its mark.
     *
     * @param place where it will stand
     * @param text what it will stand in
     */
    static String of(String secret, Scalar place, String text) {
        boolean block = !place.inFlow()
                && suitsBlock(secret)
                && !COMMENT.matcher(text).region(place.end(), text.length()).lookingAt();
        return Scalars.SECRET_TAG + " " + (block ? block(secret, place.indent()) : quoted(secret));
    }

    /** As it is, on lines of its own, when that cannot be misread: a key or a certificate, most of the time. */
    private static boolean suitsBlock(String secret) {
        if (secret.indexOf('\n') < 0 || secret.endsWith("\n\n") || " \t\n".indexOf(secret.charAt(0)) >= 0) {
            return false;
        }
        return secret.codePoints().allMatch(letter -> letter == '\n' || letter == '\t' || isPrintable(letter));
    }

    private static boolean isPrintable(int letter) {
        boolean ascii = letter >= FIRST_PRINTABLE && letter < DELETE;
        boolean wide = letter > LAST_CONTROL && letter < FIRST_SURROGATE && !isLineEnd(letter);
        return ascii || wide || letter > LAST_OF_PLANE;
    }

    private static boolean isLineEnd(int letter) {
        return letter == 0x2028 || letter == 0x2029;
    }

    private static String block(String secret, int indent) {
        boolean closed = secret.endsWith("\n");
        StringBuilder out = new StringBuilder(closed ? "|" : "|-");
        String margin = " ".repeat(indent);
        for (String line : (closed ? secret.substring(0, secret.length() - 1) : secret).split("\n", -1)) {
            out.append('\n').append(line.isEmpty() ? "" : margin).append(line);
        }
        return out.toString();
    }

    /** Plain single quotes where they do, since backslashes are common in passwords; escapes where something cannot be seen. */
    private static String quoted(String secret) {
        if (secret.codePoints().allMatch(SecretText::isPrintable)) {
            return "'" + secret.replace("'", "''") + "'";
        }
        StringBuilder out = new StringBuilder("\"");
        secret.codePoints().forEach(letter -> {
            switch (letter) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                default ->
                    out.append(isPrintable(letter) ? Character.toString(letter) : String.format("\\U%08x", letter));
            }
        });
        return out.append('"').toString();
    }
}
