package dev.converge.testing;

import org.spockframework.runtime.SpockAssertionError;

/** Says what a spec wanted and did not find, in a text that stands for itself: Spock passes it on as it is. */
public final class SpecFailure extends SpockAssertionError {
    private static final long serialVersionUID = 1L;

    SpecFailure(String message) {
        super(message);
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
