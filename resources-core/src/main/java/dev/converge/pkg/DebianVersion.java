package dev.converge.pkg;

/** The order of version numbers in Debian: deb-version(7). */
final class DebianVersion {
    private DebianVersion() {}

    /** Less than, equal to or greater than 0 as the first is older than, as new as or newer than the second. */
    static int compare(String first, String second) {
        int epochs = compareParts(epoch(first), epoch(second));
        if (epochs != 0) {
            return epochs;
        }
        int upstream = compareParts(upstream(first), upstream(second));
        return upstream != 0 ? upstream : compareParts(revision(first), revision(second));
    }

    private static String epoch(String version) {
        int colon = version.indexOf(':');
        return colon < 0 ? "0" : version.substring(0, colon);
    }

    private static String upstream(String version) {
        int dash = version.lastIndexOf('-');
        int from = version.indexOf(':') + 1;
        return dash < from ? version.substring(from) : version.substring(from, dash);
    }

    private static String revision(String version) {
        int dash = version.lastIndexOf('-');
        return dash <= version.indexOf(':') ? "" : version.substring(dash + 1);
    }

    /** By turns a part without digits, letters before other marks and {@code ~} before the end, and a number. */
    private static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            while (!endsWord(a, i) || !endsWord(b, j)) {
                int order = Integer.compare(weight(a, i), weight(b, j));
                if (order != 0) {
                    return order;
                }
                i++;
                j++;
            }
            int endA = endOfNumber(a, i);
            int endB = endOfNumber(b, j);
            int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        return 0;
    }

    private static boolean isDigit(String text, int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean endsWord(String text, int index) {
        return index >= text.length() || isDigit(text, index);
    }

    private static int weight(String text, int index) {
        if (endsWord(text, index)) {
            return 0;
        }
        char c = text.charAt(index);
        if (c == '~') {
            return -1;
        }
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? c : c + 256;
    }

    private static int endOfNumber(String text, int from) {
        int end = from;
        while (isDigit(text, end)) {
            end++;
        }
        return end;
    }

    /** Of any length: a date with a time does not fit a {@code long} everywhere. */
    private static int compareNumbers(String a, String b) {
        String first = withoutZeros(a);
        String second = withoutZeros(b);
        return first.length() != second.length()
                ? Integer.compare(first.length(), second.length())
                : first.compareTo(second);
    }

    private static String withoutZeros(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }
}
