package dev.converge.module;

import dev.converge.model.InvalidValueException;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules of semver.org: {@code 1.4.0}, {@code 2.0.0-rc.1}.
 *
 * @param preRelease what stands after the hyphen; empty for a release
 */
public record Version(int major, int minor, int patch, String preRelease) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch)
            .thenComparing(Version::preRelease, Version::comparePreReleases);

    /** @throws InvalidValueException when it is none */
    public static Version parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a version.", "Write three numbers, such as 1.0.0, or 2.0.0-rc.1.");
        }
        return new Version(number(parts, 1), number(parts, 2), number(parts, 3), preRelease(parts.group(4)));
    }

    static Version of(int major, int minor, int patch) {
        return new Version(major, minor, patch, "");
    }

    /** The release that this is, or comes before. */
    Version release() {
        return of(major, minor, patch);
    }

    boolean isRelease() {
        return preRelease.isEmpty();
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    private static String preRelease(String text) {
        return text == null ? "" : text;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    /** A release comes after its pre-releases; those are compared part by part, numbers as numbers and before words. */
    private static int comparePreReleases(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int order = comparePart(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static int comparePart(String a, String b) {
        boolean number = a.matches("\\d{1,18}");
        if (number != b.matches("\\d{1,18}")) {
            return number ? -1 : 1;
        }
        return number ? Long.compare(Long.parseLong(a), Long.parseLong(b)) : a.compareTo(b);
    }

    /** As it is written in a {@code module.yaml}. */
    @Override
    public String toString() {
        String release = major + "." + minor + "." + patch;
        return preRelease.isEmpty() ? release : release + "-" + preRelease;
    }
}
