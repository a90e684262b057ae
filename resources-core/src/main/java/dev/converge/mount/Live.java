package dev.converge.mount;

import dev.converge.model.InvalidValueException;
import dev.converge.model.Wish;
import java.util.EnumSet;
import java.util.Set;

/**
 * What is mounted at a mount point, and how that differs from what shall be.
 *
 * @param shown for reports
 * @param differs in what ways
 */
record Live(String shown, Set<Aspect> differs) implements Wish<Live> {
    /** What can differ. */
    enum Aspect {
        /** It is not mounted, and shall be. */
        MISSING,
        /** It is mounted, and shall not be. */
        PRESENT,
        /** Something else is mounted. */
        DEVICE,
        /** It is mounted with other options. */
        OPTIONS
    }

    static final Live WANTED = new Live("as declared", Set.of());

    static final Live NOTHING = new Live("not mounted", Set.of());

    /** @throws InvalidValueException always: it follows from other attributes */
    public static Live parse(String text) {
        throw new InvalidValueException(
                "\"live\" is not given; it follows from \"device\", \"fsType\", \"options\" and \"mounted\".");
    }

    Live differing(Aspect aspect) {
        Set<Aspect> all = EnumSet.of(aspect);
        all.addAll(differs);
        return new Live(shown, all);
    }

    boolean has(Aspect aspect) {
        return differs.contains(aspect);
    }

    @Override
    public boolean satisfiedBy(Live observed) {
        return observed.differs.isEmpty();
    }

    @Override
    public String toString() {
        return shown;
    }
}
