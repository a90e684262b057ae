package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.model.Window;
import dev.converge.provider.Host;
import dev.converge.report.Outcome;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What holds for every turn of a run.
 *
 * @param host what is looked at and changed
 * @param applier for resources that are not in no-op
 * @param options what the user asked for
 * @param failures puts into words what goes wrong
 * @param timing what the run knows of time
 * @param last knows what was applied last
 */
record Terms(Host host, Applier applier, RunOptions options, Failures failures, Timing timing, LastApplied last) {

    /** A resource's own word on no-op counts more than the run's. */
    boolean isNoop(Declared<?> declared) {
        return declared.policy().noop().orElse(options.noop());
    }

    Applier applierOf(Declared<?> declared) {
        return isNoop(declared) ? Applier.dryRun() : applier;
    }

    /** What holds back a resource that may be changed in these windows alone. */
    Optional<Outcome.Hold> shut(List<Window> windows) {
        if (windows.isEmpty()) {
            return Optional.empty();
        }
        return Window.opening(windows, timing.clock().instant(), ZoneId.systemDefault())
                .map(Outcome.Hold.Window::new);
    }

    /** Whether the run is about all resources, or about this one by name. */
    boolean isNamed(Declared<?> declared) {
        return options.only().isEmpty() || options.only().get().contains(declared.id());
    }

    boolean isWanted(Declared<?> declared) {
        if (options.tags().isEmpty()) {
            return true;
        }
        for (String tag : declared.policy().tags()) {
            if (options.tags().contains(tag)) {
                return true;
            }
        }
        return false;
    }
}
