package dev.converge.container;

import dev.converge.provider.ResourceFailure;
import java.io.IOException;
import java.util.Optional;

/**
 * Puts a new container in the place of an old one, and the old one back where the new one does not run. The new one is
 * made before the old one is touched; the old one is kept, stopped and under another name, until the new one runs. So at
 * every moment one of them is there, and the next run finds it whatever ended this one.
 */
final class ContainerReplacement {
    private final ContainerResource desired;
    private final EngineClient engine;
    private final Containers containers;
    private final String name;

    ContainerReplacement(ContainerResource desired, EngineClient engine) {
        this.desired = desired;
        this.engine = engine;
        this.containers = new Containers(engine);
        this.name = desired.name().text();
    }

    private String newName() {
        return name + ".converge-new";
    }

    private String oldName() {
        return name + ".converge-old";
    }

    /** The old container that nothing has replaced yet, where a run was ended in the middle. */
    Optional<LiveContainer> leftOver() throws IOException, InterruptedException {
        return containers.find(oldName());
    }

    /** Removes what a run left that was ended in the middle, and takes back an old container that nothing replaced. */
    void tidy() throws IOException, InterruptedException {
        Optional<LiveContainer> candidate = containers.find(newName());
        if (candidate.isPresent()) {
            containers.discard(candidate.get().id(), newName());
        }
        Optional<LiveContainer> old = containers.find(oldName());
        if (old.isEmpty()) {
            return;
        }
        if (containers.find(name).isPresent()) {
            containers.remove(old.get().id(), oldName());
        } else {
            containers.rename(old.get().id(), name);
        }
    }

    /**
     * The same after a run was killed. A new container that was placed and does not run yet makes room for the old one:
     * it may be that it cannot run, and then the next replacement has one to put back.
     */
    void recover() throws IOException, InterruptedException {
        Optional<LiveContainer> placed = containers.find(name);
        boolean untried =
                placed.isPresent() && desired.running() && !placed.get().isRunning();
        if (untried && leftOver().isPresent()) {
            containers.discard(placed.get().id(), name);
        }
        tidy();
    }

    /** @throws ResourceFailure when the new one cannot be made or started; the old one is as it was */
    void run(LiveContainer old) throws IOException, InterruptedException {
        String id = create(old);
        boolean placed = false;
        try {
            if (old.isRunning() || old.isPaused()) {
                containers.stop(old, desired.stopTimeout());
            }
            containers.rename(old.id(), oldName());
            containers.rename(id, name);
            if (desired.running()) {
                new ContainerStart(containers).start(id, name);
            }
            placed = true;
        } catch (ResourceFailure failure) {
            throw new ResourceFailure(
                    failure.getMessage() + (old.isRunning() ? "\nThe old container runs again." : ""),
                    failure.advice().orElse(""));
        } finally {
            if (!placed) {
                putBack(old, id);
            }
        }
        containers.remove(old.id(), oldName());
    }

    private String create(LiveContainer old) throws IOException, InterruptedException {
        try {
            return new NewContainer(desired, engine, Optional.of(old)).create(newName());
        } catch (ResourceFailure failure) {
            tidy();
            throw failure;
        }
    }

    private void putBack(LiveContainer old, String id) throws IOException, InterruptedException {
        containers.discard(id, newName());
        LiveContainer now = containers.look(old.id()).orElseThrow();
        if (!now.name().equals(name)) {
            containers.rename(old.id(), name);
        }
        if (old.isRunning() && !now.isRunning()) {
            containers.start(old.id(), name);
        }
    }
}
