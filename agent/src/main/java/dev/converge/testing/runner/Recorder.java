package dev.converge.testing.runner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Takes down what came of each test while they run. */
final class Recorder implements TestExecutionListener {
    private final Consumer<TestResult> told;
    private final Map<String, String> shown;
    private final List<TestResult> results = new ArrayList<>();
    private final Map<String, Long> begun = new HashMap<>();
    private final Set<String> parents = new HashSet<>();
    private TestPlan plan;

    /**
     * @param told hears of each as soon as it has ended
     * @param shown the path of a spec's file, by its name
     */
    Recorder(Consumer<TestResult> told, Map<String, String> shown) {
        this.told = told;
        this.shown = shown;
    }

    List<TestResult> results() {
        return results;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.nanoTime());
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        add(new TestResult(
                spec(test),
                test.getDisplayName(),
                TestResult.Verdict.SKIPPED,
                Duration.ZERO,
                reason,
                Optional.empty()));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult ended) {
        Optional<Throwable> failure = ended.getThrowable();
        boolean passed = ended.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        test.getParentId().ifPresent(parents::add);
        // A feature with data is what its rows are.
        boolean container = !test.isTest() || parents.contains(test.getUniqueId());
        if (container && passed) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun.getOrDefault(test.getUniqueId(), System.nanoTime()));
        String spec = spec(test);
        TestResult.Verdict verdict =
                switch (ended.getStatus()) {
                    case SUCCESSFUL -> TestResult.Verdict.PASSED;
                    case ABORTED -> TestResult.Verdict.SKIPPED;
                    case FAILED -> TestResult.Verdict.FAILED;
                };
        add(new TestResult(
                spec,
                test.getDisplayName(),
                verdict,
                took,
                failure.map(FailureText::of).orElse(""),
                failure.flatMap(thrown -> FailureText.line(thrown, spec, shown))));
    }

    private void add(TestResult result) {
        results.add(result);
        told.accept(result);
    }

    private String spec(TestIdentifier test) {
        Optional<TestIdentifier> at = Optional.of(test);
        while (at.isPresent()) {
            Object source = at.get().getSource().orElse(null);
            if (source instanceof ClassSource type) {
                return type.getClassName();
            }
            if (source instanceof MethodSource method) {
                return method.getClassName();
            }
            at = plan.getParent(at.get());
        }
        return "";
    }
}
