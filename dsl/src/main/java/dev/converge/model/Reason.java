package dev.converge.model;

import dev.converge.diagnostic.SourceRange;

/** Why an {@link Edge} exists. */
public sealed interface Reason {

    /**
     * The author wrote it.
     *
     * @param word how: {@code requires}, {@code before}, {@code notifies}, {@code subscribes}, {@code >>} or {@code >>>}
     * @param at where
     */
    record Written(String word, SourceRange at) implements Reason {
        @Override
        public String toString() {
            return word + " at " + at;
        }
    }

    /**
     * Converge added it, because one attribute names the other resource.
     *
     * @param attribute the attribute that names it, such as {@code owner}
     */
    record Automatic(String attribute) implements Reason {
        @Override
        public String toString() {
            return "automatic, from " + attribute;
        }
    }

    /**
     * A composite is ordered as a whole, so everything in it is.
     *
     * @param composite the composite that the author named
     * @param word how the author named it
     * @param at where
     */
    record Containment(ResourceId composite, String word, SourceRange at) implements Reason {
        @Override
        public String toString() {
            return word + " " + composite + " at " + at;
        }
    }
}
