package dev.converge.language;

import java.util.Optional;
import java.util.Set;

/** What a resource takes over from where it is declared. */
interface Scope {
    /** Tags of the composites around it, and their names. */
    Set<String> tags();

    /** Whether a composite around it is only to be looked at. */
    Optional<Boolean> noop();

    /** The outermost one: a manifest. */
    Scope NONE = new Scope() {
        @Override
        public Set<String> tags() {
            return Set.of();
        }

        @Override
        public Optional<Boolean> noop() {
            return Optional.empty();
        }
    };
}
