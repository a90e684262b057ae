package dev.converge.testing.runner;

import dev.converge.testing.Coverage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Everything that a run of a module's specs has to tell.
 *
 * @param results in the order in which they ended
 */
public record TestReport(Instant started, Duration took, List<TestResult> results, Coverage coverage) {
    public TestReport {
        results = List.copyOf(results);
    }

    public long count(TestResult.Verdict verdict) {
        return results.stream().filter(result -> result.verdict() == verdict).count();
    }

    public boolean failed() {
        return count(TestResult.Verdict.FAILED) > 0;
    }
}
