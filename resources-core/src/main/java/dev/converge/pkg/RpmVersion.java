package dev.converge.pkg;

import java.util.Optional;

/**
 * A version number of an rpm package, {@code [epoch:]version[-release]}, and its order: rpm-version(7).
 *
 * @param epoch empty when it is not written
 * @param release empty when it is not written
 */
record RpmVersion(Optional<String> epoch, String version, Optional<String> release) implements Comparable<RpmVersion> {
    static RpmVersion parse(String text) {
        int colon = text.indexOf(':');
        int dash = text.lastIndexOf('-');
        boolean released = dash > colon;
        return new RpmVersion(
                colon < 0 ? Optional.empty() : Optional.of(text.substring(0, colon)),
                text.substring(colon + 1, released ? dash : text.length()),
                released ? Optional.of(text.substring(dash + 1)) : Optional.empty());
    }

    @Override
    public int compareTo(RpmVersion other) {
        int epochs = compareParts(epoch.orElse("0"), other.epoch.orElse("0"));
        if (epochs != 0) {
            return epochs;
        }
        int versions = compareParts(version, other.version);
        return versions != 0 ? versions : compareParts(release.orElse(""), other.release.orElse(""));
    }

    /** Whether this is a version that a manifest names; what it leaves out may be anything, as on dnf's command line. */
    boolean isMeantBy(RpmVersion wanted) {
        return compareParts(wanted.version, version) == 0
                && wanted.epoch
                        .filter(text -> compareParts(text, epoch.orElse("0")) != 0)
                        .isEmpty()
                && wanted.release
                        .filter(text -> compareParts(text, release.orElse("")) != 0)
                        .isEmpty();
    }

    /**
     * rpmvercmp: by turns words of digits or of letters, whatever separates them; {@code ~} comes before the end and
     * {@code ^} right after it.
     */
    static int compareParts(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() || j < b.length()) {
            i = wordFrom(a, i);
            j = wordFrom(b, j);
            int marks = compareMarks(charAt(a, i), charAt(b, j));
            if (marks != 0) {
                return marks;
            }
            if (isMark(charAt(a, i))) {
                i++;
                j++;
                continue;
            }
            if (i >= a.length() || j >= b.length()) {
                break;
            }
            boolean number = isDigit(a.charAt(i));
            if (number != isDigit(b.charAt(j))) {
                return number ? 1 : -1;
            }
            int endA = wordEnd(a, i, number);
            int endB = wordEnd(b, j, number);
            int order = compareWords(a.substring(i, endA), b.substring(j, endB), number);
            if (order != 0) {
                return order;
            }
            i = endA;
            j = endB;
        }
        return Integer.compare(a.length() - i, 0) - Integer.compare(b.length() - j, 0);
    }

    /** What comes first when a mark is on one side, or another one: 0 when there is none, or the same. */
    private static int compareMarks(char a, char b) {
        if (a == b || (!isMark(a) && !isMark(b))) {
            return 0;
        }
        if (a == '~' || b == '~') {
            return a == '~' ? -1 : 1;
        }
        if (a == '^') {
            return b == 0 ? 1 : -1;
        }
        return a == 0 ? -1 : 1;
    }

    private static int compareWords(String a, String b, boolean numbers) {
        if (!numbers) {
            return Integer.signum(a.compareTo(b));
        }
        String first = a.replaceFirst("^0+", "");
        String second = b.replaceFirst("^0+", "");
        return first.length() != second.length()
                ? Integer.compare(first.length(), second.length())
                : Integer.signum(first.compareTo(second));
    }

    private static int wordFrom(String text, int from) {
        int at = from;
        while (at < text.length()
                && !isDigit(text.charAt(at))
                && !isLetter(text.charAt(at))
                && !isMark(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from, boolean number) {
        int end = from;
        while (end < text.length() && (number ? isDigit(text.charAt(end)) : isLetter(text.charAt(end)))) {
            end++;
        }
        return end;
    }

    private static char charAt(String text, int index) {
        return index < text.length() ? text.charAt(index) : 0;
    }

    private static boolean isMark(char c) {
        return c == '~' || c == '^';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    @Override
    public String toString() {
        return epoch.map(text -> text + ":").orElse("")
                + version
                + release.map(text -> "-" + text).orElse("");
    }
}
