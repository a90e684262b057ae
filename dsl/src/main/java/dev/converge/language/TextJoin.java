package dev.converge.language;

import org.codehaus.groovy.runtime.FormatHelper;

/**
 * Joins text as Groovy does, without setting up Groovy's run-time dispatch for it: what {@code "a${b}"} and
 * {@code 'a' + b} become in compiled manifests.
 */
public final class TextJoin {
    private TextJoin() {}

    /** {@code "a${b}c"}. */
    public static String join(Object... parts) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            text.append(text(part));
        }
        return text.toString();
    }

    /** {@code text + text}. */
    public static String plus(String left, CharSequence right) {
        return left + text(right);
    }

    /** {@code text + anything}. */
    public static String plus(CharSequence left, Object right) {
        return left + text(right);
    }

    /** Lists and maps look as they are written in Groovy; that is left to Groovy. */
    static String text(Object value) {
        boolean simple = value == null
                || value instanceof CharSequence
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof Character;
        return simple ? String.valueOf(value) : FormatHelper.toString(value);
    }
}
