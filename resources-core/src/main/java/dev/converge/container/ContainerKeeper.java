package dev.converge.container;

import dev.converge.provider.Change;
import java.io.IOException;
import java.util.Optional;

/** Who makes, starts and removes a container: the engine when it is told to, or systemd. */
interface ContainerKeeper {
    /** Takes back what a killed run has left in the middle. */
    void recover(ContainerResource desired) throws IOException, InterruptedException;

    Optional<ContainerResource> observe(ContainerResource desired) throws IOException, InterruptedException;

    void check(Change<ContainerResource> change) throws IOException, InterruptedException;

    void apply(Change<ContainerResource> change) throws IOException, InterruptedException;

    void restart(ContainerResource desired) throws IOException, InterruptedException;
}
