package dev.converge.provider;

import java.util.Optional;

/**
 * What came of a refresh, or would come of it.
 *
 * @param skipped why nothing was done, such as {@code it is not running}; empty when it was
 */
public record Refresh(Optional<String> skipped) {
    private static final Refresh DONE = new Refresh(Optional.empty());

    public static Refresh done() {
        return DONE;
    }

    /** @param because a clause that ends "not refreshed: …", such as {@code it is not running} */
    public static Refresh skipped(String because) {
        return new Refresh(Optional.of(because));
    }

    public boolean isDone() {
        return skipped.isEmpty();
    }
}
