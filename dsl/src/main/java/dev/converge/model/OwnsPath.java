package dev.converge.model;

import java.nio.file.Path;
import java.util.Optional;

/** A resource that says what is at the path which it is named by: no other one can make something else there. */
public interface OwnsPath {
    /** What it makes there. */
    Thing thing();

    /** Whether it leaves a link at its path alone, and is about what that leads to. */
    boolean followsLink();

    /** Where it leads, for a link of which that can be told without looking at the host. */
    default Optional<Path> leads() {
        return Optional.empty();
    }

    /** What can be at a path; each one's name reads well in a sentence. */
    enum Thing {
        FILE("a file"),
        DIRECTORY("a directory"),
        LINK("a link");

        private final String words;

        Thing(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
