package dev.converge.converger;

import dev.converge.diagnostic.Code;
import dev.converge.model.TurnRules;
import dev.converge.report.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How often a turn may begin again after a failure, and what the failures were. */
final class Tries {
    /** Of the many turns that have one try. */
    private static final Tries ONE = new Tries(0, Duration.ZERO, List.of(), new Never());

    /** A class, since a lambda would cost every run its making. */
    private static final class Never implements Pause {
        @Override
        public boolean until(Duration later) {
            return false;
        }
    }

    private interface Pause {
        /** Returns false when the next try is not to be: the run is told to stop, the time is up, or its window shut. */
        boolean until(Duration later) throws InterruptedException;
    }

    private final Duration delay;
    private final List<String> failures;
    private final Pause pause;
    private int left;

    private Tries(int left, Duration delay, List<String> failures, Pause pause) {
        this.left = left;
        this.delay = delay;
        this.failures = failures;
        this.pause = pause;
    }

    static Tries of(TurnRules rules, Walk walk, Deadline deadline, Terms terms) {
        int retries = rules.retries().orElse(0);
        if (retries == 0) {
            return ONE;
        }
        Duration delay = rules.retryDelay().orElse(TurnRules.USUAL_DELAY);
        boolean onlyJudged = terms.shut(rules.windows()).isPresent();
        Pause pause = later -> !(deadline.exists() && deadline.left().compareTo(later) < 0)
                && walk.pause(later)
                && (onlyJudged || terms.shut(rules.windows()).isEmpty());
        return new Tries(retries, delay, new ArrayList<>(), pause);
    }

    /** Whether there is another try after this failure; waits for it. What is wrong with Converge will be so again. */
    boolean another(Outcome.Failed failed) {
        if (left == 0 || failed.diagnostic().code() == Code.BUG || !mayGoOn()) {
            return false;
        }
        left--;
        failures.add(failed.diagnostic().detail());
        return true;
    }

    private boolean mayGoOn() {
        try {
            return pause.until(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What went wrong in the tries before the last one. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
