package dev.converge.testing.runner;

import java.time.Duration;
import java.util.Optional;

/**
 * What came of one feature of a spec, or of one row of its data.
 *
 * @param spec the name of its class
 * @param name the sentence that it is called by
 * @param verdict how it ended
 * @param why the failure's text, or the reason for skipping it; empty when it passed
 * @param at the line of the spec that failed, when it is known
 */
public record TestResult(String spec, String name, Verdict verdict, Duration took, String why, Optional<String> at) {
    /** How a test ended. */
    public enum Verdict {
        PASSED,
        FAILED,
        SKIPPED
    }
}
