package dev.converge.firstboot;

import java.util.List;
import java.util.stream.Collectors;

/** Text as one word of sh(1), whatever is in it. */
public final class Quoted {
    private Quoted() {}

    /** In single quotes, unless it is plain. */
    public static String word(String text) {
        return text.matches("[A-Za-z0-9_/.,:@%+-][A-Za-z0-9_/.,:@%+=-]*") ? text : always(text);
    }

    /** In single quotes. */
    public static String always(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** Several words, one space between two. */
    public static String words(List<String> texts) {
        return texts.stream().map(Quoted::word).collect(Collectors.joining(" "));
    }
}
