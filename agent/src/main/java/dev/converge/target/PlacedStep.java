package dev.converge.target;

import dev.converge.firstboot.Step;
import dev.converge.model.Declared;

/**
 * A step in its place.
 *
 * @param declared the resource that it is of
 */
record PlacedStep(Declared<?> declared, Step step, CloudStage stage) {
    /** What stands above it in the output: the resource and where it is declared. */
    String origin() {
        return origin(declared);
    }

    static String origin(Declared<?> declared) {
        return declared.id() + "  " + declared.source().fileAndLine();
    }
}
