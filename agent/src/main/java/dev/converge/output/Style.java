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

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String cyan(String text) {
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

    /** Text from a host or a manifest, with its control characters made visible: it must not steer the terminal. */
    static String visible(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean steers = Character.isISOControl(c) && c != '\t' && c != '\n';
            if (steers && out == null) {
                out = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (steers) {
                out.append('^').append(c < 0x80 ? (char) (c ^ 0x40) : '?');
            } else if (out != null) {
                out.append(c);
            }
        }
        return out == null ? text : out.toString();
    }
}
