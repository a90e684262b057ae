package dev.converge.agent;

import dev.converge.converger.RunOptions;
import dev.converge.model.OnDrift;
import dev.converge.model.TurnRules;
import dev.converge.model.Window;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the agent runs.
 *
 * @param onDrift what becomes of a host that has moved, where the manifest does not say
 * @param tags only resources with one of these; every one when empty
 * @param jobs how many resources may be in hand at once
 * @param timeLimit how long a run may take
 * @param environment the name that reports show
 */
public record Conduct(OnDrift onDrift, Set<String> tags, int jobs, Duration timeLimit, String environment) {
    public Conduct {
        tags = Set.copyOf(tags);
    }

    RunOptions options() {
        return new RunOptions(jobs, tags, false, Optional.of(timeLimit));
    }

    /** What holds for resources of which the manifest says nothing. */
    public TurnRules rules(List<Window> windows) {
        TurnRules none = TurnRules.NONE;
        return new TurnRules(
                none.noop(), none.timeout(), none.retries(), none.retryDelay(), windows, Optional.of(onDrift));
    }
}
