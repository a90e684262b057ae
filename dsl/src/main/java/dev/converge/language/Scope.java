package dev.converge.language;

import dev.converge.model.TurnRules;
import java.util.Set;

/** What a resource takes over from where it is declared. */
interface Scope {
    /** Tags of the composites around it, and their names. */
    Set<String> tags();

    /** What the composites around it say about its turn. */
    TurnRules rules();

    /** The outermost one: a manifest. */
    Scope NONE = new Scope() {
        @Override
        public Set<String> tags() {
            return Set.of();
        }

        @Override
        public TurnRules rules() {
            return TurnRules.NONE;
        }
    };
}
