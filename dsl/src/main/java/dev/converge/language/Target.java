package dev.converge.language;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

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

    /** {@code a >> [b, c]}: a comes before each of them. */
    default Reference rightShift(Collection<? extends Target> next) {
        return reference().chain(all(next), false);
    }

    /** {@code a >>> [b, c]}: a comes before each of them, and a change of a refreshes them. */
    default Reference rightShiftUnsigned(Collection<? extends Target> next) {
        return reference().chain(all(next), true);
    }

    private Reference all(Collection<? extends Target> targets) {
        List<Reference> references = new ArrayList<>();
        targets.forEach(target -> references.add(target.reference()));
        return reference().with(references);
    }
}
