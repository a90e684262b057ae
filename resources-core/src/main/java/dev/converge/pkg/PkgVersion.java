package dev.converge.pkg;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;

/**
 * Which version of a package is wanted: one, the beginning of one ({@code 1.24.*}), {@code latest}, or any that is
 * {@code installed}; and which one is there.
 *
 * @param order by which an observed version is compared; of no meaning in a wish
 */
public record PkgVersion(Kind kind, String text, VersionOrder order) implements Wish<PkgVersion> {
    /** What the text says. */
    enum Kind {
        ANY,
        LATEST,
        PREFIX,
        EXACT,
        /** Only observed: a package that is not whole, with what is there as text. */
        BROKEN
    }

    static final PkgVersion ANY = new PkgVersion(Kind.ANY, "installed", VersionOrder.DEBIAN);
    static final PkgVersion LATEST = new PkgVersion(Kind.LATEST, "latest", VersionOrder.DEBIAN);

    /** @throws InvalidValueException when no version can be written so */
    public static PkgVersion parse(String text) {
        switch (text) {
            case "installed":
                return ANY;
            case "latest":
                return LATEST;
            default:
                break;
        }
        boolean prefix = text.endsWith("*");
        String fixed = prefix ? text.substring(0, text.length() - 1) : text;
        if (fixed.isEmpty() || !fixed.chars().allMatch(PkgVersion::isAllowed)) {
            throw new InvalidValueException(
                    "\"" + text + "\" is not a version.",
                    "Write one such as '1.24.0-2', its beginning such as '1.24.*', or 'latest'.");
        }
        return new PkgVersion(prefix ? Kind.PREFIX : Kind.EXACT, text, VersionOrder.DEBIAN);
    }

    static PkgVersion exact(String version, VersionOrder order) {
        return new PkgVersion(Kind.EXACT, version, order);
    }

    static PkgVersion broken(String state) {
        return new PkgVersion(Kind.BROKEN, state, VersionOrder.DEBIAN);
    }

    private static boolean isAllowed(int c) {
        boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return alphanumeric || ".+-~:_^".indexOf(c) >= 0;
    }

    /** Whether the wish is about certain versions, not about any or the newest. */
    boolean isCertain() {
        return kind == Kind.EXACT || kind == Kind.PREFIX;
    }

    /** Whether a version of the package fulfils this wish; {@code latest} is for those to say who know all versions. */
    boolean admits(String version, VersionOrder by) {
        return switch (kind) {
            case ANY -> true;
            case LATEST, BROKEN -> false;
            case PREFIX -> by.begins(text.substring(0, text.length() - 1), version);
            case EXACT -> by.isMeant(text, version);
        };
    }

    @Override
    public boolean satisfiedBy(PkgVersion observed) {
        return switch (observed.kind) {
            case BROKEN -> false;
            case EXACT -> admits(observed.text, observed.order);
            case ANY, LATEST, PREFIX -> equals(observed);
        };
    }

    @Override
    public boolean movesByItself() {
        return kind == Kind.LATEST;
    }

    @Override
    public String toString() {
        return text;
    }
}
