package dev.converge.module;

import dev.converge.model.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Versions that will do: {@code ^1.2} (1.2 and later, before 2), {@code ~1.2} (before 1.3), {@code 1.2} (any 1.2.x),
 * {@code >=1.0 <3.0} (all of them hold), {@code *}.
 */
public final class VersionRange {
    /** Every version. */
    public static final VersionRange ANY = new VersionRange("*", List.of());

    private static final Pattern BOUND = Pattern.compile(
            "(\\^|~|>=|<=|>|<|=)?\\s*(\\d{1,9})(?:\\.(\\d{1,9}|[x*]))?(?:\\.(\\d{1,9}|[x*]))?(?:-([0-9A-Za-z.-]+))?");
    private static final String ADVICE =
            "Write ^1.2 (before 2.0.0), ~1.2 (before 1.3.0), 1.2.3, '>=1.2 <3.0', or '*' for every version.";

    /** From {@code low}, which belongs to it, up to {@code high}, which does not. */
    private record Span(Version low, Version high) {
        boolean contains(Version version) {
            return low.compareTo(version) <= 0 && version.compareTo(high) < 0;
        }
    }

    private static final Version LOWEST = new Version(0, 0, 0, "0");
    private static final Version HIGHEST = Version.of(Integer.MAX_VALUE, 0, 0);

    private final String text;
    private final List<Span> spans;

    private VersionRange(String text, List<Span> spans) {
        this.text = text;
        this.spans = spans;
    }

    /** @throws InvalidValueException when it is none */
    public static VersionRange parse(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("*")) {
            return ANY;
        }
        List<Span> spans = new ArrayList<>();
        Matcher bounds = BOUND.matcher(trimmed);
        int at = 0;
        while (at < trimmed.length() && bounds.region(at, trimmed.length()).lookingAt()) {
            spans.add(span(bounds));
            at = skipSpace(trimmed, bounds.end());
        }
        if (spans.isEmpty() || at < trimmed.length()) {
            throw new InvalidValueException("\"" + text + "\" is not a range of versions.", ADVICE);
        }
        return new VersionRange(trimmed, List.copyOf(spans));
    }

    private static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
            at++;
        }
        return at;
    }

    private static Span span(Matcher bound) {
        Version low = new Version(
                number(bound.group(2)),
                number(bound.group(3)),
                number(bound.group(4)),
                bound.group(5) == null ? "" : bound.group(5));
        boolean minor = isNumber(bound.group(3));
        boolean patch = minor && isNumber(bound.group(4));
        String sign = bound.group(1) == null ? "" : bound.group(1);
        return switch (sign) {
            case "^" -> new Span(low, beforeNextBreaking(low, minor));
            case "~" -> new Span(low, minor ? before(low.major(), low.minor() + 1, 0) : before(low.major() + 1, 0, 0));
            case ">=" -> new Span(low, HIGHEST);
            case ">" -> new Span(afterAll(low, minor, patch), HIGHEST);
            case "<" -> new Span(LOWEST, before(low));
            case "<=" -> new Span(LOWEST, afterAll(low, minor, patch));
            default -> new Span(low, afterAll(low, minor, patch));
        };
    }

    /** Before 1.0 every minor version may break what used it; {@code ^0.0.3} is that version alone. */
    private static Version beforeNextBreaking(Version low, boolean minor) {
        if (low.major() > 0 || !minor) {
            return before(low.major() + 1, 0, 0);
        }
        return low.minor() > 0 ? before(0, low.minor() + 1, 0) : before(0, 0, low.patch() + 1);
    }

    /** The first version after all that a bound such as {@code 1.2} or {@code 1.2.3} names. */
    private static Version afterAll(Version low, boolean minor, boolean patch) {
        if (!minor) {
            return before(low.major() + 1, 0, 0);
        }
        if (!patch) {
            return before(low.major(), low.minor() + 1, 0);
        }
        return low.isRelease()
                ? before(low.major(), low.minor(), low.patch() + 1)
                : new Version(low.major(), low.minor(), low.patch(), low.preRelease() + ".0");
    }

    /** The pre-releases of a version do not belong to what comes before it: 2.0.0-rc.1 breaks what 2.0.0 does. */
    private static Version before(int major, int minor, int patch) {
        return new Version(major, minor, patch, "0");
    }

    private static Version before(Version version) {
        return version.isRelease() ? before(version.major(), version.minor(), version.patch()) : version;
    }

    private static boolean isNumber(String part) {
        return part != null && !part.equals("x") && !part.equals("*");
    }

    private static int number(String part) {
        return isNumber(part) ? Integer.parseInt(part) : 0;
    }

    /** Whether a version will do. A pre-release does only where the range names one of the same release. */
    public boolean contains(Version version) {
        boolean inside = spans.stream().allMatch(span -> span.contains(version));
        return inside && (version.isRelease() || spans.stream().anyMatch(span -> namesPreRelease(span, version)));
    }

    private static boolean namesPreRelease(Span span, Version version) {
        return !span.low().equals(LOWEST)
                && !span.low().isRelease()
                && span.low().release().equals(version.release());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionRange range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
