package dev.converge.language;

import java.util.Collection;

/** Orders that start with a list, {@code [a, b] >> c}: Groovy adds these methods to collections of targets. */
public final class TargetLists {
    private TargetLists() {}

    /** {@code [a, b] >> c}: each of them comes before c. */
    public static <T extends Target> T rightShift(Collection<? extends Target> first, T next) {
        first.forEach(target -> target.rightShift(next));
        return next;
    }

    /** {@code [a, b] >>> c}: each of them comes before c, and a change of one refreshes c. */
    public static <T extends Target> T rightShiftUnsigned(Collection<? extends Target> first, T next) {
        first.forEach(target -> target.rightShiftUnsigned(next));
        return next;
    }

    /** {@code [a, b] >> [c, d]}: each of the first comes before each of the second. */
    public static Collection<? extends Target> rightShift(
            Collection<? extends Target> first, Collection<? extends Target> next) {
        first.forEach(target -> target.rightShift(next));
        return next;
    }

    /** {@code [a, b] >>> [c, d]}: each of the first comes before each of the second and refreshes it. */
    public static Collection<? extends Target> rightShiftUnsigned(
            Collection<? extends Target> first, Collection<? extends Target> next) {
        first.forEach(target -> target.rightShiftUnsigned(next));
        return next;
    }
}
