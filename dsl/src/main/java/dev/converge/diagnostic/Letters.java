package dev.converge.diagnostic;

/** Makes text from a host or a manifest harmless where it is shown: it must not steer a terminal, nor hide what it says. */
public final class Letters {
    private Letters() {}

    /** The text with its control characters made visible, but for tabs and line ends. */
    public static String visible(String text) {
        StringBuilder out = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean steers = steers(c);
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

    /** The same on one line. */
    public static String oneLine(String text) {
        return visible(text).replace("\n", "^J");
    }

    /** Those that turn the direction of writing make a text read as another one: CVE-2021-42574. */
    private static boolean steers(char c) {
        boolean turns = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return turns || (Character.isISOControl(c) && c != '\t' && c != '\n');
    }
}
