package dev.converge.output;

/**
 * How text looks where it goes.
 *
 * @param color whether ANSI colours are understood
 * @param unicode whether more than ASCII can be shown
 */
public record Style(boolean color, boolean unicode) {

    /** For files, pipes and tests. */
    public static Style plain() {
        return new Style(false, true);
    }

    public String bold(String text) {
        return paint("1", text);
    }

    public String dim(String text) {
        return paint("2", text);
    }

    public String red(String text) {
        return paint("31", text);
    }

    public String green(String text) {
        return paint("32", text);
    }

    public String yellow(String text) {
        return paint("33", text);
    }

    public String cyan(String text) {
        return paint("36", text);
    }

    private String paint(String code, String text) {
        return color && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** The signs that Converge itself writes, in the letters that can be shown. */
    public String fit(String text) {
        return unicode
                ? text
                : text.replace("→", "->").replace("↷", ">").replace("…", "...").replace("»", "*");
    }
}
