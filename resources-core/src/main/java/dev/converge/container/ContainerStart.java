package dev.converge.container;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Starts a container and sees whether it stays: one that ends at once has not been started. */
final class ContainerStart {
    /** A program that cannot run as it is set up says so in this time. */
    private static final Duration WATCHED = Duration.ofSeconds(1);

    private static final int LOG_LINES = 10;

    private final Containers containers;

    ContainerStart(Containers containers) {
        this.containers = containers;
    }

    /** @throws ResourceFailure with its last words, when it ends at once */
    void start(String id, String name) throws IOException, InterruptedException {
        containers.start(id, name);
        containers.ends(id, WATCHED);
        LiveContainer live = containers
                .look(id)
                .orElseThrow(() -> new ResourceFailure(
                        "The container " + name + " ended at once, and removed itself.",
                        "Run it without automatic removal to see why."));
        if (live.isRunning() && !live.isRestarting()) {
            return;
        }
        List<String> words = containers.lastLines(live, LOG_LINES);
        String said = words.isEmpty() ? " It said nothing." : " Its last lines:\n" + String.join("\n", words);
        throw new ResourceFailure(
                "The container " + name + " ended at once with exit status " + live.exitStatus() + "." + said,
                live.exitStatus() == 0
                        ? "Give it a command that goes on running; ensure 'created' is for one that does not."
                        : "See what it says, and what it needs to run.");
    }
}
