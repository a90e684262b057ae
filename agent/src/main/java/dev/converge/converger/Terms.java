package dev.converge.converger;

import dev.converge.model.Declared;
import dev.converge.provider.Host;

/**
 * What holds for every turn of a run.
 *
 * @param host what is looked at and changed
 * @param applier for resources that are not in no-op
 * @param options what the user asked for
 * @param failures puts into words what goes wrong
 */
record Terms(Host host, Applier applier, RunOptions options, Failures failures) {

    /** A resource's own word on no-op counts more than the run's. */
    boolean isNoop(Declared<?> declared) {
        return declared.policy().noop().orElse(options.noop());
    }

    Applier applierOf(Declared<?> declared) {
        return isNoop(declared) ? Applier.dryRun() : applier;
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
