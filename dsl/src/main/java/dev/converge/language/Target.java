package dev.converge.language;

/** What an order can name: resources by reference, or a composite. */
public interface Target {
    /** The resources or the composite meant; not for manifests. */
    Reference reference();

    /** {@code a >> b}: a comes before b. */
    default <T extends Target> T rightShift(T next) {
        return reference().chain(next, false);
    }

    /** {@code a >>> b}: a comes before b, and a change of a refreshes b. */
    default <T extends Target> T rightShiftUnsigned(T next) {
        return reference().chain(next, true);
    }
}
