package dev.converge.firstboot;

import dev.converge.model.Mode;
import java.util.Optional;

/**
 * Whose a path is, as far as a manifest says so.
 *
 * @param owner by name; root when empty and the path is made anew
 * @param group by name; the owner's own when empty and the path is made anew
 * @param mode permission bits; what the system gives by default when empty
 */
public record Ownership(Optional<String> owner, Optional<String> group, Optional<Mode> mode) {
    /** Nothing is said. */
    public static final Ownership UNSAID = new Ownership(Optional.empty(), Optional.empty(), Optional.empty());

    /** Of root, with this mode. */
    public static Ownership root(String mode) {
        return new Ownership(Optional.of("root"), Optional.of("root"), Optional.of(Mode.parse(mode)));
    }
}
