package dev.converge.module;

import dev.converge.model.InvalidValueException;
import java.util.Optional;

/** Which version of Converge this is, as modules ask for one. */
final class ThisConverge {
    private ThisConverge() {}

    /** Empty for a build that has none. What is on the way to a release counts as it. */
    static Optional<Version> version() {
        try {
            return Optional.ofNullable(ThisConverge.class.getPackage().getImplementationVersion())
                    .map(text -> Version.parse(text).release());
        } catch (InvalidValueException e) {
            return Optional.empty();
        }
    }
}
