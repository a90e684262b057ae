package dev.converge.pkg;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order of version numbers in Alpine Linux, {@code 1.2.3a_rc1-r4}: apk-package(5). */
final class ApkVersion {
    private static final List<String> PRE_RELEASES = List.of("alpha", "beta", "pre", "rc");
    private static final List<String> SUFFIXES = List.of("alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p");

    private static final Pattern PART = Pattern.compile(
            "(?<number>(?<=^|\\.)\\d+)|(?<letter>[a-z](?![a-z]))|_(?<suffix>[a-z]+)(?<count>\\d*)|~(?<commit>[0-9a-f]+)"
                    + "|-r(?<revision>\\d+)");

    /** In the order in which they follow each other; where two versions part, the earlier kind is the newer one. */
    private enum Kind {
        NUMBER,
        LETTER,
        SUFFIX,
        COMMIT,
        REVISION
    }

    private record Part(Kind kind, String text, String number) {
        boolean isPreRelease() {
            return kind == Kind.SUFFIX && PRE_RELEASES.contains(text);
        }
    }

    private ApkVersion() {}

    /** Less than, equal to or greater than 0 as the first is older than, as new as or newer than the second. */
    static int compare(String first, String second) {
        List<Part> a = parts(first);
        List<Part> b = parts(second);
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i), i == 0);
            if (order != 0) {
                return order;
            }
        }
        if (a.size() == b.size()) {
            return 0;
        }
        return a.size() > b.size() ? more(a.get(b.size())) : -more(b.get(a.size()));
    }

    /** What one part more makes of a version. */
    private static int more(Part part) {
        return part.isPreRelease() ? -1 : 1;
    }

    /** Whether a version is the one that a manifest names: without {@code -r}, any revision of it. */
    static boolean isMeant(String wanted, String version) {
        boolean revised = parts(wanted).stream().anyMatch(part -> part.kind() == Kind.REVISION);
        return compare(wanted, revised ? version : version.replaceFirst("-r\\d+$", "")) == 0;
    }

    private static List<Part> parts(String version) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PART.matcher(version);
        while (matcher.find()) {
            if (matcher.group("number") != null) {
                parts.add(new Part(Kind.NUMBER, "", matcher.group("number")));
            } else if (matcher.group("letter") != null) {
                parts.add(new Part(Kind.LETTER, matcher.group("letter"), ""));
            } else if (matcher.group("suffix") != null) {
                parts.add(new Part(Kind.SUFFIX, matcher.group("suffix"), matcher.group("count")));
            } else if (matcher.group("commit") != null) {
                parts.add(new Part(Kind.COMMIT, matcher.group("commit"), ""));
            } else {
                parts.add(new Part(Kind.REVISION, "", matcher.group("revision")));
            }
        }
        return parts;
    }

    private static int compare(Part a, Part b, boolean first) {
        if (a.kind() != b.kind()) {
            return a.isPreRelease() ? -1 : b.isPreRelease() ? 1 : b.kind().compareTo(a.kind());
        }
        if (a.kind() == Kind.NUMBER
                && !first
                && (a.number().startsWith("0") || b.number().startsWith("0"))) {
            return a.number().compareTo(b.number());
        }
        int texts = a.kind() == Kind.SUFFIX
                ? Integer.compare(SUFFIXES.indexOf(a.text()), SUFFIXES.indexOf(b.text()))
                : a.text().compareTo(b.text());
        return texts != 0 ? texts : compareNumbers(a.number(), b.number());
    }

    /** Of any length, such as a date with a time. */
    private static int compareNumbers(String a, String b) {
        String first = a.replaceFirst("^0+", "");
        String second = b.replaceFirst("^0+", "");
        return first.length() != second.length()
                ? Integer.compare(first.length(), second.length())
                : first.compareTo(second);
    }
}
