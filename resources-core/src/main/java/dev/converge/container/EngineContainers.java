package dev.converge.container;

import dev.converge.provider.Action;
import dev.converge.provider.Change;
import dev.converge.provider.Host;
import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Containers that the engine itself starts and keeps running. */
final class EngineContainers implements ContainerKeeper {
    private static final Set<String> MODES = Set.of("host", "none", "bridge", "default");

    private final EngineClient engine;
    private final Containers containers;
    private final Host host;

    EngineContainers(EngineClient engine, Host host) {
        this.engine = engine;
        this.containers = new Containers(engine);
        this.host = host;
    }

    @Override
    public void recover(ContainerResource desired) throws IOException, InterruptedException {
        new ContainerReplacement(desired, engine).recover();
    }

    @Override
    public Optional<ContainerResource> observe(ContainerResource desired) throws IOException, InterruptedException {
        Optional<LiveContainer> live = find(desired);
        if (live.isEmpty()) {
            return Optional.empty();
        }
        // What shall be absent may have no image in the manifest.
        ImageName image = desired.image().isEmpty()
                ? new ImageName("", "", Optional.empty(), Optional.empty())
                : new ContainerImage(desired, engine).of(live.get());
        return Optional.of(ContainerState.compared(desired, live.get(), image, engine.isPodman()));
    }

    /** Where a run was ended while it replaced the container, the old one, which every change takes back first. */
    private Optional<LiveContainer> find(ContainerResource desired) throws IOException, InterruptedException {
        Optional<LiveContainer> live = containers.find(desired.name().text());
        return live.isPresent() ? live : new ContainerReplacement(desired, engine).leftOver();
    }

    @Override
    public void check(Change<ContainerResource> change) throws IOException, InterruptedException {
        if (change.action() == Action.DELETE || !isMade(change)) {
            return;
        }
        ContainerResource desired = change.desired();
        refuseVanishing(desired);
        for (VolumeMount mount : desired.volumes().orElse(Set.of())) {
            if (!mount.isVolume() && !Files.exists(host.path(Path.of(mount.source())))) {
                throw new ResourceFailure(
                        "The container " + desired.name() + " shall have " + mount.source()
                                + " of the host, and there is no such path.",
                        "Declare it as a directory or file, or correct volumes.");
            }
        }
        for (String network : desired.networks().orElse(Set.of())) {
            boolean mode = MODES.contains(network) || network.startsWith("container:");
            if (!mode
                    && engine.find("/networks/" + EngineClient.encoded(network)).isEmpty()) {
                throw new ResourceFailure(
                        engine.product() + " has no network " + network + ".",
                        "Declare network('" + network + "'), or correct networks.");
            }
        }
        new ContainerImage(desired, engine).check();
    }

    /** One that was made with {@code --rm} is gone once it is stopped, so it could not be put back. */
    private void refuseVanishing(ContainerResource desired) throws IOException, InterruptedException {
        Optional<LiveContainer> live = containers.find(desired.name().text());
        if (live.filter(old -> old.host("AutoRemove").isTrue()).isPresent()) {
            throw new ResourceFailure(
                    "The container " + desired.name()
                            + " removes itself when it stops, so it cannot be replaced safely.",
                    "Somebody made it with --rm: stop it yourself, then run again.");
        }
    }

    /** Whether a new container is made. */
    private static boolean isMade(Change<ContainerResource> change) {
        return change.action() == Action.CREATE || change.recreates();
    }

    private static boolean changesLimits(Change<ContainerResource> change) {
        return change.names("restart") || change.names("memory") || change.names("cpus") || change.names("pidsLimit");
    }

    @Override
    public void apply(Change<ContainerResource> change) throws IOException, InterruptedException {
        ContainerResource desired = change.desired();
        ContainerReplacement replacement = new ContainerReplacement(desired, engine);
        replacement.tidy();
        Optional<LiveContainer> live = containers.find(desired.name().text());
        if (change.action() == Action.DELETE) {
            remove(desired, live);
        } else if (isMade(change)) {
            new ContainerImage(desired, engine).fetch();
            if (live.isPresent()) {
                replacement.run(live.get());
            } else {
                create(desired);
            }
        } else {
            update(change, live.orElseThrow(() -> gone(desired)));
        }
    }

    private static ResourceFailure gone(ContainerResource desired) {
        return new ResourceFailure("The container " + desired.name() + " has been removed by someone else meanwhile.");
    }

    private void create(ContainerResource desired) throws IOException, InterruptedException {
        String name = desired.name().text();
        String id = new NewContainer(desired, engine, Optional.empty()).create(name);
        if (desired.running()) {
            new ContainerStart(containers).start(id, name);
        }
    }

    private void update(Change<ContainerResource> change, LiveContainer live) throws IOException, InterruptedException {
        ContainerResource desired = change.desired();
        if (changesLimits(change)) {
            containers.update(live, desired);
        }
        if (!change.names("running")) {
            return;
        }
        if (!desired.running()) {
            containers.stop(live, desired.stopTimeout());
        } else if (live.isPaused()) {
            containers.unpause(live);
        } else {
            new ContainerStart(containers).start(live.id(), live.name());
        }
    }

    private void remove(ContainerResource desired, Optional<LiveContainer> live)
            throws IOException, InterruptedException {
        if (live.isEmpty()) {
            return;
        }
        if (live.get().isRunning() || live.get().isPaused()) {
            containers.stop(live.get(), desired.stopTimeout());
        }
        containers.remove(live.get().id(), live.get().name());
    }

    @Override
    public void restart(ContainerResource desired) throws IOException, InterruptedException {
        LiveContainer live = containers.find(desired.name().text()).orElseThrow(() -> gone(desired));
        containers.restart(live, desired.stopTimeout());
    }
}
